import assert from 'node:assert/strict'

import { byCodeUnit } from '@cairnml/core'

import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { keysUnder, text } from './stored-bytes.ts'

const KEYS = ['p/a-b', 'p/a/b', 'p/a.b', 'p/a/c/d', 'p/a0', 'p/B', 'p/_', 'p/aa/b', 'p/a+b', 'p/a/c-d', 'q/a', 'pq']

/** A service may take a long time for each. */
const AT_ONCE = 50

/** Objects by the start of their keys. */
export const LIST_SECTION: ArtifactStoreSection = {
  title: 'lists',
  tests: {
    'orders by the code units of the whole keys': async ({ component, other }) => {
      for (const key of KEYS) await component.put(key, text(key))
      const expected = KEYS.filter((key) => key.startsWith('p/')).toSorted(byCodeUnit)
      assert.deepEqual(await keysUnder(other, 'p/'), expected)
    },

    'takes a prefix that ends anywhere in a key': async ({ component }) => {
      for (const key of KEYS) await component.put(key, text(key))
      for (const prefix of ['p', 'p/', 'p/a', 'p/a/', 'p/a/c', 'p/a/c/', 'p/a/c/d', 'p/a-', 'q', 'x', 'p/a/c/d/e']) {
        const expected = KEYS.filter((key) => key.startsWith(prefix)).toSorted(byCodeUnit)
        assert.deepEqual(await keysUnder(component, prefix), expected, `prefix ${prefix}`)
      }
    },

    'gives everything under the empty prefix': async ({ component }) => {
      for (const key of KEYS) await component.put(key, text(key))
      const listed = await keysUnder(component, '')
      assert.deepEqual(listed, listed.toSorted(byCodeUnit))
      assert.deepEqual(
        KEYS.filter((key) => !listed.includes(key)),
        [],
      )
    },

    'gives nothing where nothing is': async ({ component }) => {
      assert.deepEqual(await keysUnder(component, 'nothing/'), [])
      await component.put('p/a', text('a'))
      await component.delete('p/a')
      assert.deepEqual(await keysUnder(component, 'p'), [])
    },

    'gives more objects than fit on a page of any service, also while they are removed': async ({ component }) => {
      const keys = Array.from({ length: 1_100 }, (_, at) => `many/${String(at).padStart(5, '0')}`)
      for (let at = 0; at < keys.length; at += AT_ONCE) {
        await Promise.all(keys.slice(at, at + AT_ONCE).map((key) => component.put(key, text(key))))
      }
      assert.deepEqual(await keysUnder(component, 'many/'), keys)
      const listed: string[] = []
      for await (const { key } of component.list('many/')) {
        listed.push(key)
        if (listed.length % AT_ONCE === 0)
          await Promise.all(listed.slice(-AT_ONCE).map((each) => component.delete(each)))
      }
      assert.deepEqual(listed, keys, 'a list that counts places skips what follows an object that was removed')
    },

    'goes on when objects are removed meanwhile': async ({ component, other }) => {
      for (const key of KEYS) await component.put(key, text(key))
      const seen: string[] = []
      for await (const { key } of component.list('p/')) {
        seen.push(key)
        await other.delete(key)
      }
      assert.deepEqual(seen, KEYS.filter((key) => key.startsWith('p/')).toSorted(byCodeUnit))
      assert.deepEqual(await keysUnder(other, 'p/'), [])
    },

    'ends cleanly when the reader stops early': async ({ component }) => {
      for (const key of KEYS) await component.put(key, text(key))
      for await (const { key } of component.list('')) {
        assert.ok(key.length > 0)
        break
      }
    },
  },
}
