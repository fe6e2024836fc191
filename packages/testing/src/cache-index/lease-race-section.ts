import assert from 'node:assert/strict'

import { digestOf } from '../fixtures/results.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquire, acquireFree } from './leases.ts'

const RIVALS = 16

/** Many who want the same lease. */
export const LEASE_RACE_SECTION: CacheIndexSection = {
  title: 'races for leases',
  when: ({ capabilities }) => capabilities?.acquire === true,
  tests: {
    'are won by exactly one of many who ask at once': async ({ component, other }) => {
      for (let round = 0; round < 5; round++) {
        const key = digestOf(`race ${round}`)
        const results = await Promise.all(
          Array.from({ length: RIVALS }, (_, at) => acquire(at % 2 === 0 ? component : other, key, { owner: `${at}` })),
        )
        const winners = results.flatMap((result, at) => ('busy' in result ? [] : [`${at}`]))
        assert.equal(winners.length, 1)
        for (const result of results) if ('busy' in result) assert.equal(result.owner, winners[0])
      }
    },

    'are won by exactly one of many who take over at once': async ({ component, other }) => {
      for (let round = 0; round < 5; round++) {
        const key = digestOf(`race ${round}`)
        const dead = await acquireFree(component, key)
        const results = await Promise.all(
          Array.from({ length: RIVALS }, (_, at) =>
            acquire(at % 2 === 0 ? component : other, key, { owner: `${at}`, takeOver: dead.fence }),
          ),
        )
        assert.equal(results.filter((result) => !('busy' in result)).length, 1)
      }
    },

    'never leave two at work on one key': async ({ component, other }) => {
      const key = digestOf('key')
      let working = 0
      let done = 0
      const work = async (at: number): Promise<void> => {
        for (let attempt = 0; attempt < 2_000; attempt++) {
          const lease = await acquire(at % 2 === 0 ? component : other, key, { owner: `${at}` })
          if (!('busy' in lease)) {
            working += 1
            assert.equal(working, 1)
            await new Promise((resolve) => setImmediate(resolve))
            working -= 1
            done += 1
            return lease.release()
          }
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      }
      await Promise.all(Array.from({ length: RIVALS }, (_, at) => work(at)))
      assert.equal(done, RIVALS)
    },
  },
}
