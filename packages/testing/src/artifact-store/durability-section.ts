import assert from 'node:assert/strict'

import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

/** What another process finds. */
export const DURABILITY_SECTION: ArtifactStoreSection = {
  title: 'the same store opened again',
  when: ({ reopen }) => reopen !== undefined,
  tests: {
    'has everything that was put, from the moment put resolved': async ({ component, other }) => {
      for (let at = 0; at < 50; at++) {
        await component.put(`d/${at}`, text(`body ${at}`))
        assertBytes(await bytesAt(other, `d/${at}`), text(`body ${at}`))
      }
      assert.deepEqual(await keysUnder(other, 'd/'), await keysUnder(component, 'd/'))
    },

    'has nothing that was removed': async ({ component, other }) => {
      await component.put('a', text('one'))
      await bytesAt(other, 'a')
      await component.delete('a')
      assert.equal(await other.stat('a'), undefined)
      assert.deepEqual(await keysUnder(other, 'a'), [])
    },

    'writes for the first to read': async ({ component, other }) => {
      await component.put('a', text('one'))
      await other.put('a', text('two'))
      assertBytes(await bytesAt(component, 'a'), text('two'))
    },
  },
}
