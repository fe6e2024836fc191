import assert from 'node:assert/strict'

import { cacheEntry, digestOf } from '../fixtures/results.ts'
import { withOtherClock } from '../suite/other-clock.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquireBusy, acquireFree, holderOf } from './leases.ts'

const KEY = digestOf('key')
const DAY_MS = 86_400_000

/** Entries of machines whose clocks differ. */
export const CLOCK_SECTION: CacheIndexSection = {
  title: 'clocks',
  tests: {
    'of the makers of entries do not order them': async ({ component, other }) => {
      const message = 'the newest entry is the one that was put last, whatever time it carries'
      const [first, second] = [cacheEntry('first'), { ...cacheEntry('second'), startedAt: 1, endedAt: 2 }]
      await component.put(KEY, first)
      assert.equal((await other.put(KEY, second, { seen: 'first' })).id, 'second', message)
      for (const entries of [await component.get(KEY), ...(await other.getMany([KEY]))]) {
        assert.deepEqual(
          entries.map(({ id }) => id),
          ['second', 'first'],
          message,
        )
      }
    },

    'that were turned back or on do not order entries': async ({ component, other }) => {
      await component.put(KEY, cacheEntry('first'))
      await withOtherClock(-DAY_MS, () => other.put(KEY, cacheEntry('second'), { seen: 'first' }))
      await withOtherClock(DAY_MS, () => component.put(KEY, cacheEntry('third'), { seen: 'second' }))
      await other.put(KEY, cacheEntry('fourth'), { seen: 'third' })
      const ids = (await component.get(KEY)).map(({ id }) => id)
      assert.deepEqual(ids, ['fourth', 'third', 'second', 'first'], 'number the entries instead of dating them')
    },
  },
}

/** Leases on machines whose clocks differ. */
export const LEASE_CLOCK_SECTION: CacheIndexSection = {
  title: 'clocks and leases',
  when: ({ capabilities }) => capabilities?.acquire === true,
  tests: {
    'that were turned on end no lease': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY, { owner: 'first' })
      await withOtherClock(DAY_MS, async () => {
        const busy = await acquireBusy(other, KEY, { owner: 'second' })
        assert.equal(busy.owner, 'first', 'only who waits finds a holder dead, by a beat that stands still')
        assert.equal((await holderOf(other, KEY))?.fence, lease.fence)
        assert.equal(await lease.renew(), true)
      })
    },

    'that were turned back stop no beat': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      const beats = [(await holderOf(other, KEY))?.beat]
      for (const offsetMs of [0, -DAY_MS, -DAY_MS, DAY_MS, 0]) {
        await withOtherClock(offsetMs, async () => assert.equal(await lease.renew(), true))
        beats.push((await holderOf(other, KEY))?.beat)
      }
      for (const [at, beat] of beats.entries()) {
        assert.ok(
          at === 0 || beat !== beats[at - 1],
          `the beat stands still (${beats.join(', ')}): count, ask no clock`,
        )
      }
    },
  },
}
