import { readFileSync, writeFileSync } from 'node:fs'

import type { CacheIndex } from '@cairnml/core'

import { cacheEntry, digestOf } from '../fixtures/results.ts'
import type { ComponentTasks } from '../processes/component-task.ts'
import { acquire } from './leases.ts'

/** How many keys processes put their first entries under. */
export const KEYS = 20

/** How often each process works under a lease. */
export const TURNS = 8

/** The key that several processes want. */
export const SHARED_KEY: string = digestOf('shared')

type TaskName = 'putEntries' | 'putEntriesForEver' | 'holdLease' | 'leaseForEver' | 'workInTurns'

/** What processes do that have a cache index open. */
export const CACHE_INDEX_TASKS: ComponentTasks<CacheIndex, TaskName> = {
  /** Tells which entry is there under each key. */
  putEntries: async ({ component, self, turn, tell }) => {
    for (let at = 0; at < KEYS; at++) {
      await turn()
      const key = digestOf(`key ${at}`)
      tell((await component.put(key, cacheEntry(`of-${self}`, key))).id)
    }
  },

  /** Tells the key of each entry that is there for good. */
  putEntriesForEver: async ({ component, self, tell }) => {
    for (let at = 0; ; at++) {
      const key = digestOf(`${self} ${at}`)
      await component.put(key, cacheEntry(`of-${self}`, key))
      tell(key)
    }
  },

  /** Takes the lease of the shared key, tells its fence, and keeps it. */
  holdLease: async ({ component, self, tell }) => {
    const lease = await acquire(component, SHARED_KEY, { owner: self })
    if ('busy' in lease) throw new Error('The key is busy already.')
    tell(lease.fence)
    // Keeps the process alive until it is killed.
    await new Promise((resolve) => setInterval(resolve, 2 ** 30))
  },

  leaseForEver: async ({ component, self, tell }) => {
    for (;;) {
      const lease = await acquire(component, SHARED_KEY, { owner: self })
      if (!('busy' in lease)) {
        await lease.renew()
        await lease.release()
      }
      tell('turn')
    }
  },

  /** Counts a file up, which only works if nobody else does so meanwhile. `self` is the file. */
  workInTurns: async ({ component, self }) => {
    for (let done = 0; done < TURNS;) {
      const lease = await acquire(component, SHARED_KEY, { owner: String(process.pid) })
      if (!('busy' in lease)) {
        const count = Number(readFileSync(self, 'utf8'))
        await new Promise((resolve) => setTimeout(resolve, 1))
        writeFileSync(self, String(count + 1))
        await lease.release()
        done += 1
      }
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  },
}
