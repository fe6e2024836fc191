import assert from 'node:assert/strict'

import { digestOf } from '../fixtures/results.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquireBusy, acquireFree, holderOf } from './leases.ts'

const KEY = digestOf('key')

/** The capability `acquire`: one worker at a time per key. */
export const LEASE_SECTION: CacheIndexSection = {
  title: 'leases',
  when: ({ capabilities }) => capabilities?.acquire === true,
  tests: {
    'are for one at a time, also for the same owner': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY, { owner: 'first' })
      assert.equal(lease.key, KEY)
      for (const owner of ['second', 'first']) {
        const busy = await acquireBusy(other, KEY, { owner })
        assert.equal(busy.owner, 'first')
        assert.equal(busy.fence, lease.fence)
      }
    },

    'of different keys do not meet': async ({ component }) => {
      await acquireFree(component, digestOf('a'))
      await acquireFree(component, digestOf('b'))
    },

    'are free again after their release': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      await lease.release()
      await acquireFree(other, KEY)
    },

    'show by their beat that the holder works': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      const { beat } = await acquireBusy(other, KEY)
      assert.equal((await acquireBusy(other, KEY)).beat, beat)
      assert.equal(await lease.renew(), true)
      const later = await acquireBusy(other, KEY)
      assert.notEqual(later.beat, beat)
      assert.equal(later.fence, lease.fence)
    },

    'tell who holds them, as often as anybody asks': async ({ component, other }) => {
      assert.equal(await holderOf(component, KEY), undefined)
      const lease = await acquireFree(component, KEY, { owner: 'first' })
      const busy = await acquireBusy(other, KEY)
      for (const index of [component, other, component]) assert.deepEqual(await holderOf(index, KEY), busy)
      assert.equal(await lease.renew(), true)
      const later = await holderOf(other, KEY)
      assert.equal(later?.fence, lease.fence)
      assert.notEqual(later?.beat, busy.beat)
      assert.equal(await holderOf(component, digestOf('other')), undefined)
    },

    'have no holder after their release, and the successor after a take-over': async ({ component, other }) => {
      const dead = await acquireFree(component, KEY, { owner: 'dead' })
      const heir = await acquireFree(other, KEY, { owner: 'heir', takeOver: dead.fence })
      assert.equal((await holderOf(component, KEY))?.owner, 'heir')
      await dead.release()
      assert.equal((await holderOf(component, KEY))?.fence, heir.fence)
      await heir.release()
      assert.equal(await holderOf(component, KEY), undefined)
    },

    'have a fence that grows with every lease of the key': async ({ component, other }) => {
      const fences: number[] = []
      for (let round = 0; round < 5; round++) {
        const lease = await acquireFree(round % 2 === 0 ? component : other, KEY)
        fences.push(lease.fence)
        await lease.release()
      }
      const last = await acquireFree(component, KEY)
      fences.push(last.fence, (await acquireFree(other, KEY, { takeOver: last.fence })).fence)
      for (const [at, fence] of fences.entries()) assert.ok(at === 0 || fence > (fences[at - 1] ?? 0), fences.join())
    },

    'are taken over from a holder that was found dead': async ({ component, other }) => {
      const dead = await acquireFree(component, KEY, { owner: 'dead' })
      const heir = await acquireFree(other, KEY, { owner: 'heir', takeOver: dead.fence })
      assert.ok(heir.fence > dead.fence)
      assert.equal((await acquireBusy(component, KEY)).owner, 'heir')
    },

    'are not taken over once somebody else has them': async ({ component, other }) => {
      const dead = await acquireFree(component, KEY)
      const heir = await acquireFree(other, KEY, { owner: 'heir', takeOver: dead.fence })
      const busy = await acquireBusy(component, KEY, { takeOver: dead.fence })
      assert.equal(busy.owner, 'heir')
      assert.equal(busy.fence, heir.fence)
      await acquireBusy(component, KEY, { takeOver: heir.fence + 1 })
    },

    'are given to who would take over what was released': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      await lease.release()
      const next = await acquireFree(other, KEY, { takeOver: lease.fence })
      assert.ok(next.fence > lease.fence)
    },

    'say no to the renewal of one that was lost, and leave the successor alone': async ({ component, other }) => {
      const dead = await acquireFree(component, KEY)
      const heir = await acquireFree(other, KEY, { owner: 'heir', takeOver: dead.fence })
      assert.equal(await dead.renew(), false)
      await dead.release()
      assert.equal((await acquireBusy(component, KEY)).owner, 'heir')
      assert.equal(await heir.renew(), true)
    },

    'of one owner are told apart by their fence': async ({ component, other }) => {
      const lost = await acquireFree(component, KEY, { owner: 'me' })
      const next = await acquireFree(other, KEY, { owner: 'me', takeOver: lost.fence })
      assert.equal(await lost.renew(), false, 'a lease is renewed by its fence, not by its owner')
      await lost.release()
      assert.equal(
        (await holderOf(other, KEY))?.fence,
        next.fence,
        'a lease is released by its fence, not by its owner',
      )
      assert.equal(await next.renew(), true)
    },

    'say no to the renewal of one that was released': async ({ component }) => {
      const lease = await acquireFree(component, KEY)
      await lease.release()
      await lease.release()
      assert.equal(await lease.renew(), false)
      await acquireFree(component, KEY)
    },

    'are not given under an aborted signal': async ({ component, other }) => {
      const reason = new Error('cancelled')
      await expectReason(reason, async () => component.acquire?.(KEY, 'me', { signal: AbortSignal.abort(reason) }))
      await expectReason(reason, async () => component.holder?.(KEY, { signal: AbortSignal.abort(reason) }))
      await acquireFree(other, KEY)
    },
  },
}
