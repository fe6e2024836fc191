import assert from 'node:assert/strict'

import { artifactRef, cacheEntry, digestOf } from '../fixtures/results.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquireBusy, acquireFree } from './leases.ts'

const RUNS = 60
const KEY = digestOf('key')

/** Texts that are meant to lead an index astray. */
export const HOSTILE_TEXT_SECTION: CacheIndexSection = {
  title: 'hostile texts',
  tests: {
    'come back with the entry that holds them': async ({ component, other }) => {
      const { assert: check, asyncProperty, string } = await import('fast-check')
      const text = string({ unit: 'binary', maxLength: 30 })
      await check(
        asyncProperty(text, text, async (name, value) => {
          const outputs = Object.fromEntries([[name, { ...artifactRef(value), metadata: { [value]: name } }]])
          const entry = { ...cacheEntry('one', KEY), outputs, metadata: Object.fromEntries([[value, name]]) }
          await component.put(KEY, entry)
          assert.deepStrictEqual(await other.get(KEY), [entry])
          await component.remove(KEY)
        }),
        { numRuns: RUNS },
      )
    },
  },
}

/** The capability `acquire`, for owners of any name. */
export const HOSTILE_OWNER_SECTION: CacheIndexSection = {
  title: 'hostile owners',
  when: ({ capabilities }) => capabilities?.acquire === true,
  tests: {
    'are told as they called themselves': async ({ component, other }) => {
      const { assert: check, asyncProperty, string } = await import('fast-check')
      await check(
        asyncProperty(string({ unit: 'binary', maxLength: 200, size: 'max' }), async (owner) => {
          const lease = await acquireFree(component, KEY, { owner })
          assert.equal((await acquireBusy(other, KEY)).owner, owner)
          await lease.release()
        }),
        { numRuns: RUNS },
      )
    },
  },
}
