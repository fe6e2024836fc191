import assert from 'node:assert/strict'

import { cacheEntry, digestOf } from '../fixtures/results.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'

const KEY = digestOf('key')

/** Writing, reading and removing entries. */
export const ENTRY_SECTION: CacheIndexSection = {
  title: 'entries',
  tests: {
    'have an index with a name, a type and the capabilities that the suite was told': async ({
      component,
      options,
    }) => {
      assert.ok(component.name.length > 0)
      assert.ok(component.type.length > 0)
      const { acquire, beater } = options.capabilities ?? {}
      assert.equal(component.acquire !== undefined, acquire === true)
      assert.equal(component.holder !== undefined, acquire === true)
      assert.equal(component.beater !== undefined, beater === true)
    },

    'are none under a key that was never put': async ({ component }) => {
      assert.deepEqual(await component.get(KEY), [])
      assert.deepEqual(await component.getMany([KEY, digestOf('other')]), [[], []])
      assert.deepEqual(await component.getMany([]), [])
    },

    'come back equal to what was put': async ({ component, other }) => {
      const entry = cacheEntry()
      assert.deepStrictEqual(await component.put(KEY, entry), entry)
      assert.deepStrictEqual(await other.get(KEY), [entry])
      assert.deepStrictEqual(await other.getMany([KEY]), [[entry]])
    },

    'come newest first': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('z-first'))
      await other.put(KEY, cacheEntry('a-second'), { seen: 'z-first' })
      await component.put(KEY, cacheEntry('m-third'), { seen: 'a-second' })
      for (const entries of [await other.get(KEY), ...(await other.getMany([KEY]))]) {
        const ids = entries.map(({ id }) => id)
        assert.deepEqual(ids, ['m-third', 'a-second', 'z-first'])
      }
    },

    'are seen at once by those who looked before': async ({ component, other }) => {
      const seen = async (): Promise<readonly (readonly string[])[]> =>
        Promise.all([component, other].map(async (index) => (await index.get(KEY)).map(({ id }) => id)))
      assert.deepEqual(await seen(), [[], []])
      await other.put(KEY, cacheEntry('first'))
      assert.deepEqual(await seen(), [['first'], ['first']])
      await component.put(KEY, cacheEntry('second'), { seen: 'first' })
      assert.deepEqual(await seen(), [
        ['second', 'first'],
        ['second', 'first'],
      ])
      await other.remove(KEY)
      assert.deepEqual(await seen(), [[], []])
    },

    'are kept apart by their keys': async ({ component }) => {
      const [a, b] = [digestOf('a'), digestOf('b')]
      await component.put(a, cacheEntry('entry-1', a))
      await component.put(b, cacheEntry('entry-1', b))
      assert.deepEqual(
        (await component.get(a)).map(({ key }) => key),
        [a],
      )
      assert.deepEqual(
        (await component.get(b)).map(({ key }) => key),
        [b],
      )
    },

    'of many keys come in the order of the keys, also of one asked for twice': async ({ component, other }) => {
      const keys = Array.from({ length: 1_200 }, (_, at) => digestOf(`${at}`))
      for (const key of keys.slice(0, 40)) await component.put(key, cacheEntry(`entry-${key}`, key))
      const asked = [...keys.toReversed(), keys[0] ?? '']
      const found = await other.getMany(asked)
      assert.equal(found.length, asked.length)
      for (const [at, key] of asked.entries()) {
        const expected = keys.indexOf(key) < 40 ? [key] : []
        assert.deepEqual(
          found[at]?.map((entry) => entry.key),
          expected,
        )
      }
    },

    'are removed one by one': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('one'))
      await component.put(KEY, cacheEntry('two'), { seen: 'one' })
      await component.put(KEY, cacheEntry('three'), { seen: 'two' })
      await component.remove(KEY, 'two')
      assert.deepEqual(
        (await other.get(KEY)).map(({ id }) => id),
        ['three', 'one'],
      )
      await component.remove(KEY, 'three')
      assert.deepEqual(
        (await other.get(KEY)).map(({ id }) => id),
        ['one'],
      )
    },

    'are removed together, those of other keys stay': async ({ component, other }) => {
      const other2 = digestOf('other')
      await component.put(KEY, cacheEntry('one'))
      await component.put(KEY, cacheEntry('two'), { seen: 'one' })
      await component.put(other2, cacheEntry('one', other2))
      await component.remove(KEY)
      assert.deepEqual(await other.get(KEY), [])
      assert.equal((await other.get(other2)).length, 1)
    },

    'may be removed when they are not there': async ({ component }) => {
      await component.remove(KEY)
      await component.remove(KEY, 'one')
      await component.put(KEY, cacheEntry('one'))
      await component.remove(KEY, 'two')
      assert.equal((await component.get(KEY)).length, 1)
    },

    'may be put again after their removal': async ({ component }) => {
      await component.put(KEY, cacheEntry('one'))
      await component.remove(KEY)
      assert.equal((await component.put(KEY, cacheEntry('two'))).id, 'two')
      assert.equal((await component.put(KEY, cacheEntry('one'), { seen: 'two' })).id, 'one')
    },

    'are neither written nor read under an aborted signal': async ({ component, other }) => {
      const reason = new Error('cancelled')
      const signal = AbortSignal.abort(reason)
      await component.put(KEY, cacheEntry('one'))
      await expectReason(reason, () => component.put(KEY, cacheEntry('two'), { seen: 'one', signal }))
      await expectReason(reason, () => component.get(KEY, { signal }))
      await expectReason(reason, () => component.getMany([KEY], { signal }))
      await expectReason(reason, () => component.remove(KEY, 'one', { signal }))
      assert.deepEqual(
        (await other.get(KEY)).map(({ id }) => id),
        ['one'],
      )
    },
  },
}
