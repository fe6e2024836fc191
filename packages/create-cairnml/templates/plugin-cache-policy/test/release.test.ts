import assert from 'node:assert/strict'
import { test } from 'node:test'

import { cacheKey, ContentCachePolicy } from '@cairnml/core'
import { stepForCaching } from '@cairnml/testing'

import { AcmeCachePolicy } from '../src/cache-policy.ts'

async function keyOf(release: string): Promise<string> {
  const policy = new AcmeCachePolicy('tested', { release })
  const described = await policy.describe(stepForCaching(), { next: new ContentCachePolicy() })
  assert.ok('parts' in described)
  return cacheKey(described)
}

test('a key belongs to one release', async () => {
  assert.equal(await keyOf('2026.1'), await keyOf('2026.1'))
  assert.notEqual(await keyOf('2026.1'), await keyOf('2026.2'))
})
