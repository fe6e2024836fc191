import { canonicalDigest } from '../encoding/canonical.ts'
import { byCodeUnit } from '../encoding/plain-data.ts'
import type { KeyTree } from './cache-policy.ts'

/**
 * The cache key of a tree: sha256 over the canonical encoding of its labelled values, in the order of their labels.
 * Details do not count.
 */
export function cacheKey(tree: KeyTree): string {
  const parts = tree.parts
    .toSorted((a, b) => byCodeUnit(a.label, b.label))
    .map((part) => [part.label, part.value] as const)
  return canonicalDigest('cache-key', [tree.policy, parts])
}
