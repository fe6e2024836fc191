import assert from 'node:assert/strict'

import type { AcquireOptions, Busy, CacheIndex, Lease } from '@cairnml/core'

/** Asks for a lease of an index that can give one. */
export async function acquire(
  index: CacheIndex,
  key: string,
  options: AcquireOptions & { readonly owner?: string } = {},
): Promise<Lease | Busy> {
  const { owner = 'me', ...rest } = options
  const result = await index.acquire?.(key, owner, rest)
  assert.ok(result !== undefined)
  return result
}

/** The same; fails if the key is busy. */
export async function acquireFree(...asked: Parameters<typeof acquire>): Promise<Lease> {
  const result = await acquire(...asked)
  assert.ok(!('busy' in result), 'expected a lease, but the key is busy')
  return result
}

/** The same; fails unless the key is busy. */
export async function acquireBusy(...asked: Parameters<typeof acquire>): Promise<Busy> {
  const result = await acquire(...asked)
  assert.ok('busy' in result, 'expected the key to be busy, but got a lease')
  return result
}

/** Who holds a key of an index that can tell. */
export async function holderOf(index: CacheIndex, key: string): Promise<Busy | undefined> {
  assert.ok(index.holder !== undefined)
  return index.holder(key)
}
