import { pipeline, step, type CachePolicy, type Verdict } from '@cairnml/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { statuses, Trial } from '../trial/trial.fixture.ts'

const params = z.object({ seed: z.number().default(0) })
const one = step({ name: 'one', params, output: z.number(), expires: '1ms' }).implement(({ seed }) => seed)
const of = pipeline({ name: 'p', params, build: ({ seed }) => one({ seed }) })

/** Adds a part to those of the default policy and leaves another one out. */
function release(version: string, accept?: CachePolicy['accept']): CachePolicy {
  return {
    name: 'release',
    type: 'release',
    async describe(given, { next }) {
      const tree = await next.describe(given)
      if ('uncacheable' in tree) return tree
      const parts = tree.parts.filter(({ label }) => label !== 'param:seed')
      return { policy: 'release', parts: [...parts, { label: 'release', value: version }] }
    },
    ...(accept === undefined ? {} : { accept }),
  }
}

const always = async (): Promise<Verdict> => ({ accepted: true })

describe('a policy of a user', () => {
  it('builds on the default policy: adds parts, leaves parts out', async () => {
    const trial = new Trial({ cachePolicy: release('1', always) })
    await trial.run(of)
    expect(statuses(await trial.run(of, { seed: 1 }))).toEqual({ one: 'cached' })
    const { artifacts: artifactStore, records: metadataStore, index: cacheIndex } = trial
    const other = new Trial({ cachePolicy: release('2', always), artifactStore, metadataStore, cacheIndex })
    expect(statuses(await other.run(of))).toEqual({ one: 'completed' })
  })

  it('changes a copy of the step before the default policy sees it', async () => {
    const rounding: CachePolicy = {
      name: 'rounding',
      type: 'rounding',
      describe: (given, { next }) =>
        next.describe({ ...given, params: { seed: Math.round(Number(given.params['seed'])) } }),
      accept: always,
    }
    const trial = new Trial({ cachePolicy: rounding })
    await trial.run(of, { seed: 1.1 })
    expect(statuses(await trial.run(of, { seed: 0.9 }))).toEqual({ one: 'cached' })
  })

  it('leaves expiry to the default policy where it accepts nothing itself', async () => {
    const trial = new Trial({ cachePolicy: release('1') })
    await trial.run(of)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(statuses(await trial.run(of))).toEqual({ one: 'completed' })
  })

  it('asks the default policy about an entry', async () => {
    const trial = new Trial({ cachePolicy: release('1', (entry, given, { next }) => next.accept(entry, given)) })
    await trial.run(of)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(statuses(await trial.run(of))).toEqual({ one: 'completed' })
  })
})
