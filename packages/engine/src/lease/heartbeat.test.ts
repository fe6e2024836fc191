import { existsSync, readFileSync } from 'node:fs'
import nodePath from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { MemoryCacheIndex, type BeaterReference, type Lease } from '@cairnml/core'
import { temporaryFolder } from '@cairnml/testing'
import { afterEach, describe, expect, it } from 'vitest'

import { present } from '../trial/trial.fixture.ts'
import { endHeartbeats, Heartbeat, heartbeatOf } from './heartbeat.ts'

const EVERY_MS = 40
const MODULE = new URL('beats.fixture.ts', import.meta.url).href

class ThreadedIndex extends MemoryCacheIndex {
  readonly #reference: BeaterReference

  constructor(file: string, module = MODULE) {
    super()
    this.#reference = { module, data: file }
  }

  beater(): BeaterReference {
    return this.#reference
  }
}

function lease(key: string, fence: number): Lease {
  return { key, fence, renew: async () => true, release: async () => undefined }
}

/** Keeps this thread busy, as a step does that trains a model, until the file says so; gives what the file says. */
function blockUntil(file: string, says: RegExp): string {
  const text = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')
  for (let tries = 0; tries < 1000 && !says.test(text()); tries++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
  return text()
}

async function beatOf(index: MemoryCacheIndex, key: string): Promise<number> {
  return present(await index.holder(key)).beat
}

async function held(index: MemoryCacheIndex, key: string): Promise<Lease> {
  const got = await index.acquire(key, 'me')
  if ('busy' in got) throw new Error('It is busy.')
  return got
}

afterEach(endHeartbeats)

describe('Heartbeat', () => {
  it('renews on a thread of its own, also while this one is busy', async () => {
    await using folder = await temporaryFolder()
    const file = nodePath.join(folder.path, 'beats')
    const heartbeat = new Heartbeat(new ThreadedIndex(file), EVERY_MS)
    const [a, b] = [lease('a', 1), lease('b', 7)]
    heartbeat.add(a)
    heartbeat.add(b)
    expect(blockUntil(file, /^(a:1 b:7 ){3}/)).toMatch(/^(a:1 b:7 ){3}/)
    heartbeat.remove(a)
    expect(blockUntil(file, /( b:7){3} $/)).toMatch(/^(a:1 b:7 )+(b:7 ){2,}$/)
    await heartbeat.end()
    const end = readFileSync(file, 'utf8')
    await sleep(3 * EVERY_MS)
    expect(readFileSync(file, 'utf8')).toBe(end)
  })

  it('starts no thread without a lease, and gives no beat when there is none any more', async () => {
    await using folder = await temporaryFolder()
    const file = nodePath.join(folder.path, 'beats')
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Worker').length
    const heartbeat = new Heartbeat(new ThreadedIndex(file), EVERY_MS)
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Worker')).toHaveLength(before)
    const a = lease('a', 1)
    heartbeat.add(a)
    heartbeat.remove(a)
    await sleep(200)
    expect(existsSync(file)).toBe(false)
    await heartbeat.end()
  })

  it('renews on this thread where the index has no beater', async () => {
    const index = new MemoryCacheIndex()
    const heartbeat = heartbeatOf(index, EVERY_MS)
    expect(heartbeatOf(index, EVERY_MS)).toBe(heartbeat)
    const a = await held(index, 'a')
    const first = await beatOf(index, 'a')
    heartbeat.add(a)
    await expect.poll(() => beatOf(index, 'a')).toBeGreaterThan(first)
    heartbeat.remove(a)
    const last = await beatOf(index, 'a')
    await sleep(3 * EVERY_MS)
    expect(await beatOf(index, 'a')).toBe(last)
  })

  it('renews on this thread where the beater cannot be loaded', async () => {
    const index = new ThreadedIndex('', 'file:///no/such/module.js')
    const heartbeat = new Heartbeat(index, EVERY_MS)
    heartbeat.add(await held(index, 'a'))
    const first = await beatOf(index, 'a')
    await expect.poll(() => beatOf(index, 'a')).toBeGreaterThan(first + 1)
    await heartbeat.end()
  })
})
