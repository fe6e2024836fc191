import assert from 'node:assert/strict'

import { cacheKey, type CachePolicy, type KeyTree, type StepForCaching } from '@cairnml/core'

import { stepForCaching } from '../fixtures/results.ts'

/** The key tree of a step that can be cached. */
export async function treeOf(policy: CachePolicy, fields: Partial<StepForCaching> = {}): Promise<KeyTree> {
  const described = await policy.describe(stepForCaching(fields))
  assert.ok('parts' in described, 'expected a key tree, but the step is said to be uncacheable')
  return described
}

/** The cache key of a step that can be cached. */
export async function keyOf(policy: CachePolicy, fields: Partial<StepForCaching> = {}): Promise<string> {
  return cacheKey(await treeOf(policy, fields))
}
