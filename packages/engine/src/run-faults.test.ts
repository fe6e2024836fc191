import { setTimeout as sleep } from 'node:timers/promises'

import { MemoryMetadataStore, pipeline, step, type OperationOptions, type RecordChange } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Trial, valueOf } from './trial/trial.fixture.ts'

const one = step({ name: 'one', output: z.number() }).implement(() => 1)

describe('a run', () => {
  it.each(['Registered', 'Creating', 'Step one has started', 'Step one has finished', 'Pipeline run'])(
    'is done to its end when the reader of its lines throws at "%s", and rejects with that',
    async (at) => {
      const trial = new Trial()
      const lines: string[] = []
      const log = (line: string): void => {
        lines.push(line)
        if (line.startsWith(at)) throw new Error('the reader is gone')
      }
      await expect(trial.run(pipeline({ name: 'p', build: () => one() }), {}, { log })).rejects.toThrow(
        'the reader is gone',
      )
      expect(lines.at(-1)).toMatch(at)
      const run = await trial.lastRun()
      expect(run.status).toBe(at === 'Pipeline run' ? 'completed' : 'failed')
      expect(run.counts).toEqual({ completed: 1 })
      expect(await trial.stepRecord(run.id, 'one')).toMatchObject({ status: 'completed' })
    },
  )

  it('fails when its step runs cannot be written, and keeps the results', async () => {
    class FullStore extends MemoryMetadataStore {
      isFull = true

      override write(changes: readonly RecordChange[], options?: OperationOptions): Promise<void> {
        const isFull = this.isFull && changes.some(({ kind }) => kind === 'stepRun')
        return isFull ? Promise.reject(new Error('disk full')) : super.write(changes, options)
      }
    }
    const store = new FullStore()
    const trial = new Trial({ metadataStore: store })
    const p = pipeline({ name: 'p', build: () => one() })
    await expect(trial.run(p)).rejects.toThrow('disk full')
    expect(await trial.lastRun()).toMatchObject({ status: 'failed', error: { message: 'disk full' } })
    store.isFull = false
    await expect(valueOf(await trial.run(p), 'one')).resolves.toBe(1)
  })
})

describe('equal runs at once', () => {
  it('end with the same artifacts, and nothing is lost', async () => {
    let calls = 0
    // Every execution gives other bytes.
    const draw = step({ name: 'draw', output: z.number() }).implement(async () => {
      await sleep(5)
      return ++calls
    })
    const twice = step({ name: 'twice', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => 2 * x)
    const p = pipeline({ name: 'p', build: () => twice({ x: draw() }) })
    const trial = new Trial({ concurrency: 2 })
    const runs = await Promise.all(Array.from({ length: 5 }, () => trial.run(p)))
    const drawn = await Promise.all(runs.map((run) => valueOf(run, 'draw')))
    const doubled = await Promise.all(runs.map((run) => valueOf(run, 'twice')))
    expect(new Set(drawn).size).toBe(1)
    expect(doubled).toEqual(drawn.map((value) => 2 * Number(value)))
    expect(new Set(runs.map(({ name }) => name)).size).toBe(5)
    expect(new Set(runs.map(({ version }) => version))).toEqual(new Set([1]))
    const records = await trial.runRecords()
    expect(records.map(({ status }) => status).toSorted()).toEqual([...Array(4).fill('cached'), 'completed'])
    expect(calls).toBe(1)
    const steps = await Promise.all(runs.map(({ id }) => trial.stepRecord(id, 'draw')))
    expect(new Set(steps.map(({ entry }) => entry)).size).toBe(1)
    expect(await trial.index.get(steps[0]?.key ?? '')).toHaveLength(1)
    const later = await trial.run(p)
    expect(later.status).toBe('cached')
    await expect(valueOf(later, 'draw')).resolves.toBe(drawn[0])
  })
})
