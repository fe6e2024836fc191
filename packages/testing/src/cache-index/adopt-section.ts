import assert from 'node:assert/strict'

import { artifactRef, cacheEntry, digestOf } from '../fixtures/results.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'

const KEY = digestOf('key')
const WRITERS = 12

/** Who comes too late adopts what is there. */
export const ADOPT_SECTION: CacheIndexSection = {
  title: 'adoption',
  tests: {
    'gives the entry that is there to a writer who knew of none': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('first'))
      assert.deepStrictEqual(await other.put(KEY, cacheEntry('late')), cacheEntry('first'))
      assert.deepStrictEqual(await component.get(KEY), [cacheEntry('first')])
    },

    'gives the newer entry to a writer who knew an older one': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('first'))
      await component.put(KEY, cacheEntry('second'), { seen: 'first' })
      assert.deepStrictEqual(await other.put(KEY, cacheEntry('late'), { seen: 'first' }), cacheEntry('second'))
      assert.deepEqual(
        (await component.get(KEY)).map(({ id }) => id),
        ['second', 'first'],
      )
    },

    'lets a writer add to the newest entry it knew': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('first'))
      assert.equal((await other.put(KEY, cacheEntry('second'), { seen: 'first' })).id, 'second')
      assert.deepEqual(
        (await component.get(KEY)).map(({ id }) => id),
        ['second', 'first'],
      )
    },

    'lets a writer add where the entry it knew is gone': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('first'))
      await component.remove(KEY, 'first')
      assert.equal((await other.put(KEY, cacheEntry('second'), { seen: 'first' })).id, 'second')
    },

    'never changes an entry': async ({ component, other }) => {
      const changed = { ...cacheEntry('first'), outputs: { model: artifactRef('changed') } }
      await component.put(KEY, cacheEntry('first'))
      assert.deepStrictEqual(await other.put(KEY, changed), cacheEntry('first'))
      assert.deepStrictEqual(await other.put(KEY, changed, { seen: 'first' }), cacheEntry('first'))
      assert.deepStrictEqual(await component.get(KEY), [cacheEntry('first')])
    },

    'gives an older entry back as it is when it is put again': async ({ component }) => {
      await component.put(KEY, cacheEntry('first'))
      await component.put(KEY, cacheEntry('second'), { seen: 'first' })
      assert.deepStrictEqual(await component.put(KEY, cacheEntry('first')), cacheEntry('first'))
      assert.deepEqual(
        (await component.get(KEY)).map(({ id }) => id),
        ['second', 'first'],
      )
    },

    'lets exactly one of many first writers win, and all others adopt its entry': async ({ component, other }) => {
      for (let round = 0; round < 5; round++) {
        const key = digestOf(`race ${round}`)
        const results = await Promise.all(
          Array.from({ length: WRITERS }, (_, at) =>
            (at % 2 === 0 ? component : other).put(key, cacheEntry(`writer-${at}`, key)),
          ),
        )
        const stored = await component.get(key)
        assert.equal(stored.length, 1)
        for (const result of results) assert.deepStrictEqual(result, stored[0])
      }
    },

    'lets exactly one of many writers who knew the same entry win': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('first'))
      const results = await Promise.all(
        Array.from({ length: WRITERS }, (_, at) =>
          (at % 2 === 0 ? component : other).put(KEY, cacheEntry(`writer-${at}`), { seen: 'first' }),
        ),
      )
      const stored = await other.get(KEY)
      assert.equal(stored.length, 2)
      for (const result of results) assert.deepStrictEqual(result, stored[0])
    },

    'keeps what was put at once under different keys': async ({ component, other }) => {
      const keys = Array.from({ length: 50 }, (_, at) => digestOf(`key ${at}`))
      await Promise.all(keys.map((key, at) => (at % 2 === 0 ? component : other).put(key, cacheEntry('one', key))))
      assert.deepEqual(
        (await component.getMany(keys)).map((entries) => entries[0]?.key),
        keys,
      )
    },
  },
}
