import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import type { HeldLease } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { HeldBoard } from './held-board.ts'

function leases(number: number): readonly HeldLease[] {
  return Array.from({ length: number }, (_, at) => ({ key: `${'kéy'.repeat(20)}-${number}`, fence: at }))
}

describe('HeldBoard', () => {
  it('is empty at first and then has what was written last, whatever its size', () => {
    const board = new HeldBoard()
    const other = new HeldBoard(board.memory)
    expect(other.read()).toEqual([])
    for (const number of [1, 3, 2, 0, 2000, 1, 0]) {
      board.write(leases(number))
      expect(other.read()).toEqual(leases(number))
    }
  })

  it('shows a reader on another thread nothing but whole states', async () => {
    const board = new HeldBoard()
    const code = `
      const { parentPort, workerData } = require('node:worker_threads')
      import(workerData.module).then(({ HeldBoard }) => {
        const board = new HeldBoard(workerData.memory)
        let broken = 0
        let states = new Set()
        parentPort.postMessage('ready')
        for (let held = board.read(); held[0]?.fence !== -1; held = board.read()) {
          states.add(held.length)
          if (held.some(({ key, fence }, at) => fence !== at || !key.endsWith('-' + held.length))) broken += 1
        }
        parentPort.postMessage({ broken, states: states.size })
      })`
    const module = new URL('held-board.ts', import.meta.url).href
    const worker = new Worker(code, { eval: true, execArgv: [], workerData: { module, memory: board.memory } })
    await once(worker, 'message')
    const told = once(worker, 'message')
    for (let round = 0; round < 20_000; round++) board.write(leases(round % 7))
    board.write([{ key: 'end', fence: -1 }])
    const [{ broken, states }] = await told
    expect(broken).toBe(0)
    expect(states).toBeGreaterThan(1)
    await worker.terminate()
  })
})
