import assert from 'node:assert/strict'

import { digestOf } from '../fixtures/results.ts'
import { beatOnce } from './beat-once.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquireBusy, acquireFree, holderOf } from './leases.ts'

const KEY = digestOf('key')

/** The capability `beater`: leases are renewed from another thread. */
export const BEATER_SECTION: CacheIndexSection = {
  title: 'beats from another thread',
  when: ({ capabilities }) => capabilities?.acquire === true && capabilities.beater === true,
  tests: {
    'move the beat of every lease that is held': async ({ component, other }) => {
      const keys = [digestOf('a'), digestOf('b')]
      const leases = []
      for (const key of keys) leases.push(await acquireFree(component, key))
      const before = await Promise.all(keys.map((key) => holderOf(other, key)))
      await beatOnce(component, leases)
      for (const [at, key] of keys.entries()) {
        const after = await holderOf(other, key)
        assert.notEqual(after?.beat, before[at]?.beat)
        assert.equal(after?.fence, before[at]?.fence)
      }
    },

    'leave the successor of a lost lease alone': async ({ component, other }) => {
      const dead = await acquireFree(component, KEY)
      const heir = await acquireFree(other, KEY, { owner: 'heir', takeOver: dead.fence })
      const { beat } = await acquireBusy(component, KEY)
      await beatOnce(component, [dead])
      assert.deepEqual(await holderOf(other, KEY), { busy: true, owner: 'heir', fence: heir.fence, beat })
    },

    'do not bring back what was released, and do not invent leases': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      await lease.release()
      await beatOnce(component, [lease, { key: digestOf('never'), fence: 1 }])
      assert.equal(await holderOf(other, KEY), undefined)
      assert.equal(await holderOf(other, digestOf('never')), undefined)
      await acquireFree(other, KEY)
    },

    'are given by a reference that says the same of every index over the same state': async ({ component, other }) => {
      const lease = await acquireFree(component, KEY)
      const { beat } = await acquireBusy(other, KEY)
      await beatOnce(other, [lease])
      assert.notEqual((await acquireBusy(component, KEY)).beat, beat)
    },
  },
}
