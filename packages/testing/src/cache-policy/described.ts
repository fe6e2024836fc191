import assert from 'node:assert/strict'

import {
  cacheKey,
  ContentCachePolicy,
  type CachePolicy,
  type KeyTree,
  type PolicyContext,
  type StepForCaching,
} from '@cairnml/core'

import { stepForCaching } from '../fixtures/results.ts'

/** What a policy gets besides the step, as in a run. */
export const POLICY_CONTEXT: PolicyContext = { next: new ContentCachePolicy() }

/** The key tree of a step that can be cached. */
export async function treeOf(policy: CachePolicy, fields: Partial<StepForCaching> = {}): Promise<KeyTree> {
  const described = await policy.describe(stepForCaching(fields), POLICY_CONTEXT)
  assert.ok('parts' in described, 'expected a key tree, but the step is said to be uncacheable')
  return described
}

/** The cache key of a step that can be cached. */
export async function keyOf(policy: CachePolicy, fields: Partial<StepForCaching> = {}): Promise<string> {
  return cacheKey(await treeOf(policy, fields))
}

/** That no two of the steps have the same key. */
export async function assertDifferent(policy: CachePolicy, steps: readonly Partial<StepForCaching>[]): Promise<void> {
  const keys = await Promise.all(steps.map((step) => keyOf(policy, step)))
  for (const [at, key] of keys.entries()) {
    const same = keys.indexOf(key)
    assert.equal(same, at, `steps ${same} and ${at} have the same key`)
  }
}

/** That all steps have the same key. */
export async function assertSame(policy: CachePolicy, steps: readonly Partial<StepForCaching>[]): Promise<void> {
  const keys = await Promise.all(steps.map((step) => keyOf(policy, step)))
  for (const [at, key] of keys.entries()) assert.equal(key, keys[0], `steps 0 and ${at} have different keys`)
}
