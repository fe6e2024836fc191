import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { cacheEntry, digestOf } from '../fixtures/results.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { ComponentProcess } from '../processes/component-process.ts'
import { killAtRandom } from '../processes/kill-at-random.ts'
import { referenceOf } from '../processes/reference-of.ts'
import type { CacheIndexSection } from './cache-index-conformance.ts'
import { acquire, acquireBusy, acquireFree, holderOf } from './leases.ts'
import { KEYS, SHARED_KEY, TURNS } from './process-tasks.ts'

const PROCESSES = ['1', '2', '3', '4']

/** Several processes that have the index open, or are killed. */
export const PROCESS_SECTION: CacheIndexSection = {
  title: 'several processes',
  when: ({ reference }) => reference !== undefined,
  tests: {
    'agree on the first entry of every key': async (subject) => {
      const race = { selves: PROCESSES, rounds: KEYS }
      const told = await ComponentProcess.race(referenceOf(subject), 'putEntries', race)
      for (let at = 0; at < KEYS; at++) {
        const stored = await subject.component.get(digestOf(`key ${at}`))
        assert.equal(stored.length, 1, `${stored.length} entries under key ${at}`)
        for (const ids of told) assert.equal(ids[at], stored[0]?.id)
      }
    },

    'leave whole entries only, and all that were put, whenever they are killed': async (subject) => {
      const { component } = subject
      const keys = (await killAtRandom(referenceOf(subject), 'putEntriesForEver')).map(String)
      const found = await component.getMany(keys)
      for (const [at, key] of keys.entries()) {
        const [entry, ...others] = found[at] ?? []
        assert.deepStrictEqual(entry, cacheEntry(entry?.id, key))
        assert.equal(others.length, 0)
      }
      await component.put(digestOf('later'), cacheEntry('later', digestOf('later')))
      assert.equal((await subject.other.get(digestOf('later'))).length, 1)
    },
  },
}

/** The capability `acquire` among processes. */
export const LEASE_PROCESS_SECTION: CacheIndexSection = {
  title: 'leases of processes',
  when: ({ reference, capabilities }) => reference !== undefined && capabilities?.acquire === true,
  tests: {
    'are held by one process at a time': async (subject) => {
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'count')
      await writeFile(file, '0')
      const selves = PROCESSES.map(() => file)
      await using processes = await ComponentProcess.start(referenceOf(subject), 'workInTurns', selves)
      await Promise.all(processes.map((each) => each.finished()))
      assert.equal(Number(await readFile(file, 'utf8')), selves.length * TURNS)
      await acquireFree(subject.component, SHARED_KEY)
    },

    'stay with a process that was killed, without a beat, until they are taken over': async (subject) => {
      const { component, other } = subject
      await using processes = await ComponentProcess.start(referenceOf(subject), 'holdLease', ['dead'])
      for (const process of processes) {
        await process.told(1)
        const [fence] = await process.kill()
        const busy = await acquireBusy(component, SHARED_KEY)
        assert.deepEqual(busy, { busy: true, owner: 'dead', fence, beat: busy.beat })
        assert.deepEqual(await holderOf(other, SHARED_KEY), busy)
        const heir = await acquireFree(other, SHARED_KEY, { owner: 'heir', takeOver: busy.fence })
        assert.ok(heir.fence > busy.fence)
        await heir.release()
        await acquireFree(component, SHARED_KEY)
      }
    },

    'are free or can be taken over, whenever processes are killed': async (subject) => {
      const { component } = subject
      await killAtRandom(referenceOf(subject), 'leaseForEver')
      const asked = await acquire(component, SHARED_KEY)
      const lease = 'busy' in asked ? await acquireFree(component, SHARED_KEY, { takeOver: asked.fence }) : asked
      assert.equal(await lease.renew(), true)
      await lease.release()
      assert.equal(await holderOf(component, SHARED_KEY), undefined)
    },
  },
}
