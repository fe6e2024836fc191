import {
  blobKey,
  ContentCachePolicy,
  MemoryArtifactStore,
  MemoryCacheIndex,
  pipeline,
  step,
  type CacheEntry,
  type PutEntryOptions,
  type Verdict,
} from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { present, statuses, Trial } from '../trial/trial.fixture.ts'

const one = step({ name: 'one', output: z.number() }).implement((_args, { metric, metadata }) => {
  metric('accuracy', 0.5, 1)
  metadata({ rows: 3 })
  return 1
})
const next = step({ name: 'next', inputs: { x: z.number() }, output: z.number() }).implement(({ x }) => x + 1)
const chain = pipeline({ name: 'chain', build: () => next({ x: one() }) })

describe('a hit', () => {
  it('carries metrics over and points to the step run that made it', async () => {
    const trial = new Trial()
    const first = await trial.run(chain)
    const second = await trial.run(chain)
    const third = await trial.run(chain)
    for (const run of [first, second, third]) {
      expect(present(run.steps['one']).metrics).toEqual([{ name: 'accuracy', value: 0.5, step: 1 }])
    }
    expect(await trial.stepRecord(third.id, 'one')).toMatchObject({ status: 'cached', origin: `${first.id}.one` })
  })

  it('is none where the policy does not accept the entry', async () => {
    class Forgetful extends ContentCachePolicy {
      override async accept(entry: CacheEntry): Promise<Verdict> {
        return entry.step === 'one' ? { accepted: false, reason: 'it is old' } : { accepted: true }
      }
    }
    const trial = new Trial({ cachePolicy: new Forgetful() })
    await trial.run(chain)
    expect(statuses(await trial.run(chain))).toEqual({ one: 'completed', next: 'cached' })
  })
})

describe('damaged content of the right size', () => {
  it.each([
    { verify: true, expected: { one: 'completed', next: 'cached' } },
    { verify: false, expected: { one: 'cached', next: 'cached' } },
  ])('is noticed before it is reused where verify is $verify', async ({ verify, expected }) => {
    const artifactStore = new MemoryArtifactStore()
    const trial = new Trial({ artifactStore, cachePolicy: new ContentCachePolicy('content', { verify }) })
    const first = await trial.run(chain)
    const { outputs } = await trial.stepRecord(first.id, 'one')
    const key = blobKey(present(outputs?.['output']).digest)
    const size = (await artifactStore.stat(key))?.size ?? 0
    await artifactStore.delete(key)
    await artifactStore.put(key, new Uint8Array(size))
    expect(statuses(await trial.run(chain))).toEqual(expected)
  })
})

describe('an index', () => {
  class BrokenIndex extends MemoryCacheIndex {
    override put(): Promise<CacheEntry> {
      return Promise.reject(new Error('disk full'))
    }
  }

  it('that cannot be written is said, and costs neither result nor reuse', async () => {
    const trial = new Trial({ cacheIndex: new BrokenIndex() })
    const run = await trial.run(chain)
    expect(run.status).toBe('completed')
    expect(trial.lines).toContain('Step one is done, but its result could not be indexed: Error disk full.')
    expect((await trial.run(chain)).status).toBe('cached')
  })

  it('in which another process was first decides which result counts', async () => {
    class RacedIndex extends MemoryCacheIndex {
      override async put(key: string, entry: CacheEntry, options?: PutEntryOptions): Promise<CacheEntry> {
        if (entry.step === 'one')
          await super.put(key, { ...entry, id: 'first', metrics: [{ name: 'other', value: 1 }] })
        return super.put(key, entry, options)
      }
    }
    const trial = new Trial({ cacheIndex: new RacedIndex() })
    const run = await trial.run(chain)
    expect(present(run.steps['one']).metrics).toEqual([{ name: 'other', value: 1 }])
    expect(await trial.stepRecord(run.id, 'one')).toMatchObject({ status: 'completed', entry: 'first' })
  })
})
