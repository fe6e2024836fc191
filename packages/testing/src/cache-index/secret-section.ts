import assert from 'node:assert/strict'

import type { CacheIndexSection } from './cache-index-conformance.ts'

const BYTES = 32

/** The capability `secret`: what values are hashed under. */
export const SECRET_SECTION: CacheIndexSection = {
  title: 'the secret',
  tests: {
    'is one for all who share the index, where it keeps any': async ({ component, other }) => {
      if (component.secret === undefined) return
      const asked = await Promise.all([component.secret(), other.secret?.(), component.secret()])
      const [first] = asked
      assert.ok(first.length >= BYTES)
      for (const secret of asked) assert.deepEqual(Buffer.from(secret ?? []), Buffer.from(first))
    },

    'is another one for another index': async ({ component, another }) => {
      if (component.secret === undefined) return
      const secret = await (await another()).secret?.()
      assert.ok(secret !== undefined, 'one index keeps a secret, another one does not')
      assert.notDeepEqual(Buffer.from(secret), Buffer.from(await component.secret()))
    },
  },
}
