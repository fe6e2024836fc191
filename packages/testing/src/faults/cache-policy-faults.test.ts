import { ContentCachePolicy, type KeyTree, type StepForCaching, type Uncacheable } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { cachePolicyConformance } from '../cache-policy/cache-policy-conformance.ts'
import { knownCode } from '../fixtures/results.ts'
import { failingTests } from './failing-tests.ts'

type Describe = (step: StepForCaching) => Promise<KeyTree | Uncacheable>

/** A policy that describes by the default one what a fault made of the step. */
class FaultyCachePolicy extends ContentCachePolicy {
  readonly #change: (describe: Describe) => Describe

  constructor(change: (describe: Describe) => Describe) {
    super()
    this.#change = change
  }

  override describe(step: StepForCaching): Promise<KeyTree | Uncacheable> {
    return this.#change((changed) => super.describe(changed))(step)
  }
}

const changing =
  (change: (step: StepForCaching) => Partial<StepForCaching>) =>
  (describe: Describe): Describe =>
  (step) =>
    describe({ ...step, ...change(step) })

const KNOWN = knownCode({ digest: 'same' })

const FAULTS: Readonly<Record<string, { make: (describe: Describe) => Describe; noticedBy: string }>> = {
  'leaves out the code': { make: changing(() => ({ code: async () => KNOWN })), noticedBy: 'count the code' },
  'leaves out parameters': { make: changing(() => ({ params: {} })), noticedBy: 'count the values of parameters' },
  'leaves out inputs': { make: changing(() => ({ inputs: [] })), noticedBy: 'count the content of inputs' },
  'leaves out outputs': { make: changing(() => ({ outputs: [] })), noticedBy: 'count the names and types of outputs' },
  'leaves out types of inputs': {
    make: changing(({ inputs }) => ({ inputs: inputs.map((input) => ({ ...input, type: 'x' })) })),
    noticedBy: 'count the types of inputs',
  },
  'counts the order of properties': {
    make: changing(({ params }) => ({ params: { order: Object.keys(params) } })),
    noticedBy: 'do not depend on the order of properties and ports',
  },
  'counts the time': {
    make: changing(({ params }) => ({ params: { ...params, time: performance.now() } })),
    noticedBy: 'are equal for equal steps',
  },
  'caches everything': {
    make: changing((step) => ({
      code: async () => {
        const found = await step.code()
        return found.known ? found : KNOWN
      },
    })),
    noticedBy: 'pass on why a step is uncacheable, and where',
  },
}

describe('the suite for cache policies', () => {
  it('passes a policy that keeps its promises', async () => {
    const create = (): ContentCachePolicy => new ContentCachePolicy()
    expect(await failingTests((runner) => cachePolicyConformance(runner, { name: 'policy', create }))).toEqual([])
  })

  it.each(Object.entries(FAULTS))('notices a policy that %s', async (_, { make, noticedBy }) => {
    const create = (): ContentCachePolicy => new FaultyCachePolicy(make)
    const failed = await failingTests((runner) => cachePolicyConformance(runner, { name: 'policy', create }))
    expect(failed).toContain(noticedBy)
  })
})
