import assert from 'node:assert/strict'

import { cacheEntry, digestOf } from '../fixtures/results.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquire, acquireFree, holderOf } from './leases.ts'

const KEY = digestOf('key')

/** Operations that are ended early. */
export const ABORT_SECTION: CacheIndexSection = {
  title: 'abort',
  tests: {
    'leaves an entry or none when it is aborted meanwhile': async ({ component, other }) => {
      const { outcome, reason } = await abortMeanwhile((signal) => component.put(KEY, cacheEntry(), { signal }))
      const stored = await other.get(KEY)
      assert.deepStrictEqual(stored, outcome === reason ? [] : [cacheEntry()])
      assert.ok((await component.put(KEY, cacheEntry('next'), { seen: stored[0]?.id })).id === 'next')
    },

    'removes an entry or leaves it when it is aborted meanwhile': async ({ component, other }) => {
      await component.put(KEY, cacheEntry())
      const { outcome, reason } = await abortMeanwhile((signal) => component.remove(KEY, undefined, { signal }))
      assert.equal((await other.get(KEY)).length, outcome === reason ? 1 : 0)
    },
  },
}

/** The capability `acquire`, ended early. */
export const LEASE_ABORT_SECTION: CacheIndexSection = {
  title: 'abort of leases',
  when: ({ capabilities }) => capabilities?.acquire === true,
  tests: {
    'gives a lease or leaves the key free when it is aborted meanwhile': async ({ component, other }) => {
      const { outcome, reason } = await abortMeanwhile((signal) => acquire(component, KEY, { signal }))
      if (outcome === reason) await acquireFree(other, KEY)
      else assert.equal((await holderOf(other, KEY))?.owner, 'me')
    },

    'neither renews nor releases under a signal that was aborted before': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      const before = await holderOf(other, KEY)
      const reason = new Error('cancelled')
      const signal = AbortSignal.abort(reason)
      await expectReason(reason, () => lease.renew({ signal }))
      await expectReason(reason, () => lease.release({ signal }))
      assert.deepEqual(await holderOf(other, KEY), before)
    },
  },
}

async function abortMeanwhile(
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<{ readonly outcome: unknown; readonly reason: Error }> {
  const controller = new AbortController()
  const reason = new Error('cancelled')
  const working = work(controller.signal).catch((error: unknown) => {
    assert.equal(error, reason)
    return error
  })
  controller.abort(reason)
  return { outcome: await working, reason }
}
