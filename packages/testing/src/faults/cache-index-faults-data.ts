import { setTimeout } from 'node:timers/promises'

import type { AcquireOptions, Busy, CacheEntry, CacheIndex, Lease } from '@cairnml/core'

import type { Faults } from './fault.ts'

const SHARED_SECRET = new Uint8Array(32)

/** Asks for a lease; an index under test has leases. */
async function acquire(
  inner: CacheIndex,
  ...asked: [key: string, owner: string, options?: AcquireOptions]
): Promise<Lease | Busy> {
  const got = await inner.acquire?.(...asked)
  if (got === undefined) throw new TypeError('The index has no leases.')
  return got
}

/** Other leases than the index gives. */
const leasing =
  (change: (lease: Lease, inner: CacheIndex, owner: string) => Partial<Lease>) =>
  (inner: CacheIndex): Partial<CacheIndex> => ({
    acquire: async (key, owner, options) => {
      const got = await acquire(inner, key, owner, options)
      if ('busy' in got) return got
      const lease: Lease = {
        key: got.key,
        fence: got.fence,
        renew: (renewing) => got.renew(renewing),
        release: (releasing) => got.release(releasing),
      }
      return { ...lease, ...change(got, inner, owner) }
    },
  })

const byTime = (entries: readonly CacheEntry[]): readonly CacheEntry[] =>
  entries.toSorted((a, b) => b.endedAt - a.endedAt)

/** Takes over whenever the key is busy and this holds. */
const grabbing =
  (when: (options: AcquireOptions) => boolean) =>
  (inner: CacheIndex): Partial<CacheIndex> => ({
    acquire: async (key, owner, options = {}) => {
      const got = await acquire(inner, key, owner, options)
      return 'busy' in got && when(options) ? acquire(inner, key, owner, { takeOver: got.fence }) : got
    },
  })

async function freed(inner: CacheIndex, key: string): Promise<void> {
  const held = await inner.holder?.(key)
  if (held === undefined) return
  const got = await acquire(inner, key, 'thief', { takeOver: held.fence })
  if (!('busy' in got)) await got.release()
}

/** What a cache index may do wrong. */
export const CACHE_INDEX_FAULTS: Faults<CacheIndex> = {
  'loses entries': {
    breaks: () => ({ put: async (_key, entry) => entry }),
    noticedBy: 'entries > come back equal to what was put',
  },
  'replaces entries': {
    breaks: (inner) => ({
      put: async (key, entry, options) => {
        await inner.remove(key)
        return inner.put(key, entry, options)
      },
    }),
    noticedBy: 'adoption > never changes an entry',
  },
  'keeps the newest entry only': {
    breaks: (inner) => ({ get: async (key, options) => (await inner.get(key, options)).slice(0, 1) }),
    noticedBy: 'entries > come newest first',
  },
  'adds without looking': {
    breaks: (inner) => ({
      put: async (key, entry, options) => {
        const [newest] = await inner.get(key)
        return inner.put(key, entry, { ...options, seen: newest?.id })
      },
    }),
    noticedBy: 'adoption > gives the entry that is there to a writer who knew of none',
  },
  'returns what the writer brought': {
    breaks: (inner) => ({
      put: async (key, entry, options) => {
        await inner.put(key, entry, options)
        return entry
      },
    }),
    noticedBy: 'adoption > gives the entry that is there to a writer who knew of none',
  },
  'lists oldest first': {
    breaks: (inner) => ({ get: async (key, options) => (await inner.get(key, options)).toReversed() }),
    noticedBy: 'entries > come newest first',
  },
  'mixes up keys': {
    breaks: (inner) => ({ getMany: (keys, options) => inner.getMany(keys.toSorted(), options) }),
    noticedBy: 'entries > of many keys come in the order of the keys, also of one asked for twice',
  },
  'removes everything': {
    breaks: (inner) => ({ remove: (key, _entry, options) => inner.remove(key, undefined, options) }),
    noticedBy: 'entries > are removed one by one',
  },
  'removes nothing': {
    breaks: () => ({ remove: async () => {} }),
    noticedBy: 'entries > are removed together, those of other keys stay',
  },
  'leases to everybody': {
    breaks: grabbing(() => true),
    noticedBy: 'leases > are for one at a time, also for the same owner',
  },
  'takes over from anybody': {
    breaks: grabbing(({ takeOver }) => takeOver !== undefined),
    noticedBy: 'leases > are not taken over once somebody else has them',
  },
  'never takes over': {
    breaks: (inner) => ({ acquire: (key, owner, { signal } = {}) => acquire(inner, key, owner, { signal }) }),
    noticedBy: 'leases > are taken over from a holder that was found dead',
  },
  'starts fences again': {
    breaks: leasing(() => ({ fence: 1 })),
    noticedBy: 'leases > have a fence that grows with every lease of the key',
  },
  'renews what was lost': {
    breaks: leasing((lease) => ({
      renew: async (options) => {
        await lease.renew(options)
        return true
      },
    })),
    noticedBy: 'leases > say no to the renewal of one that was lost, and leave the successor alone',
  },
  'renews by owner': {
    breaks: leasing((lease, inner, owner) => ({
      renew: async (options) => (await lease.renew(options)) || (await inner.holder?.(lease.key))?.owner === owner,
    })),
    noticedBy: 'leases > of one owner are told apart by their fence',
  },
  'releases by owner': {
    breaks: leasing((lease, inner, owner) => ({
      release: async () => {
        if ((await inner.holder?.(lease.key))?.owner === owner) await freed(inner, lease.key)
      },
    })),
    noticedBy: 'leases > of one owner are told apart by their fence',
  },
  'ends leases by the clock': {
    breaks: (inner) => {
      const since = new Map<string, number>()
      return {
        acquire: async (key, owner, options) => {
          const got = await acquire(inner, key, owner, options)
          const isOld = Date.now() - (since.get(key) ?? 0) > 30_000
          const given = 'busy' in got && isOld ? await acquire(inner, key, owner, { takeOver: got.fence }) : got
          if (!('busy' in given)) since.set(key, Date.now())
          return given
        },
      }
    },
    noticedBy: 'clocks and leases > that were turned on end no lease',
  },
  'takes the time for a beat': {
    breaks: (inner) => {
      const beats = new Map<string, number>()
      const beat = (key: string): number => Math.max(Date.now(), beats.get(key) ?? 0)
      const told = <B extends Busy>(key: string, busy: B): B => ({ ...busy, beat: beats.get(key) ?? 0 })
      return {
        acquire: async (key, owner, options) => {
          const got = await acquire(inner, key, owner, options)
          if ('busy' in got) return told(key, got)
          const renew: Lease['renew'] = async (renewing) => {
            await setTimeout(2)
            beats.set(key, beat(key))
            return got.renew(renewing)
          }
          return { key, fence: got.fence, renew, release: (releasing) => got.release(releasing) }
        },
        holder: async (key, options) => {
          const held = await inner.holder?.(key, options)
          return held && told(key, held)
        },
      }
    },
    noticedBy: 'clocks and leases > that were turned back stop no beat',
  },
  'orders entries by their time': {
    breaks: (inner) => ({
      get: async (key, options) => byTime(await inner.get(key, options)),
      getMany: async (keys, options) => (await inner.getMany(keys, options)).map(byTime),
    }),
    noticedBy: 'clocks > of the makers of entries do not order them',
  },
  'dates entries when they are put': {
    breaks: (inner) => {
      const times = new Map<string, number>()
      const dated = (entries: readonly CacheEntry[]): readonly CacheEntry[] =>
        entries.toSorted((a, b) => (times.get(b.id) ?? 0) - (times.get(a.id) ?? 0))
      return {
        put: async (key, entry, options) => {
          const added = await inner.put(key, entry, options)
          if (!times.has(added.id)) times.set(added.id, Date.now())
          return added
        },
        get: async (key, options) => dated(await inner.get(key, options)),
        getMany: async (keys, options) => (await inner.getMany(keys, options)).map(dated),
      }
    },
    noticedBy: 'clocks > that were turned back or on do not order entries',
  },
  'gives many keys their newest entry only': {
    breaks: (inner) => ({
      getMany: async (keys, options) => (await inner.getMany(keys, options)).map((entries) => entries.slice(0, 1)),
    }),
    noticedBy: 'entries > come newest first',
  },
  'remembers that there was nothing': {
    breaks: (inner) => {
      const nothing = new Set<string>()
      return {
        get: async (key, options) => {
          const found = nothing.has(key) ? [] : await inner.get(key, options)
          if (found.length === 0) nothing.add(key)
          return found
        },
      }
    },
    noticedBy: 'entries > are seen at once by those who looked before',
  },
  'lets anybody release': {
    breaks: leasing((lease, inner) => ({ release: () => freed(inner, lease.key) })),
    noticedBy: 'leases > say no to the renewal of one that was lost, and leave the successor alone',
  },
  'never releases': {
    breaks: leasing(() => ({ release: async () => {} })),
    noticedBy: 'leases > are free again after their release',
  },
  'stands still': {
    breaks: (inner) => ({
      acquire: async (...asked) => {
        const got = await acquire(inner, ...asked)
        return 'busy' in got ? { ...got, beat: 0 } : got
      },
      holder: async (key, options) => {
        const held = await inner.holder?.(key, options)
        return held && { ...held, beat: 0 }
      },
    }),
    noticedBy: 'leases > show by their beat that the holder works',
  },
  'forgets who holds': {
    breaks: () => ({ holder: async () => undefined }),
    noticedBy: 'leases > tell who holds them, as often as anybody asks',
  },
  'names holders of the past': {
    breaks: (inner) => {
      const last = new Map<string, Busy>()
      return {
        holder: async (key, options) => {
          const held = await inner.holder?.(key, options)
          if (held !== undefined) last.set(key, held)
          return last.get(key)
        },
      }
    },
    noticedBy: 'leases > have no holder after their release, and the successor after a take-over',
  },
  'cuts the names of owners': {
    breaks: (inner) => ({
      acquire: (key, owner, options) => acquire(inner, key, owner.slice(0, 20), options),
    }),
    noticedBy: 'hostile owners > are told as they called themselves',
  },
  'has a secret for each who asks': {
    breaks: () => ({ secret: async () => crypto.getRandomValues(new Uint8Array(32)) }),
    noticedBy: 'the secret > is one for all who share the index, where it keeps any',
  },
  'has one secret for the world': {
    breaks: () => ({ secret: async () => SHARED_SECRET }),
    noticedBy: 'the secret > is another one for another index',
  },
  'writes although it was aborted': {
    breaks: (inner) => ({
      put: async (key, entry, options) => {
        const added = await inner.put(key, entry, { seen: options?.seen })
        options?.signal?.throwIfAborted()
        return added
      },
    }),
    noticedBy: 'abort > leaves an entry or none when it is aborted meanwhile',
  },
  'leases although it was aborted': {
    breaks: (inner) => ({
      acquire: async (key, owner, options) => {
        const got = await acquire(inner, key, owner, { takeOver: options?.takeOver })
        options?.signal?.throwIfAborted()
        return got
      },
    }),
    noticedBy: 'abort of leases > gives a lease or leaves the key free when it is aborted meanwhile',
  },
  'ignores signals': {
    breaks: (inner) => ({
      get: (key) => inner.get(key),
      getMany: (keys) => inner.getMany(keys),
      put: (key, entry, options) => inner.put(key, entry, { seen: options?.seen }),
      remove: (key, entry) => inner.remove(key, entry),
    }),
    noticedBy: 'entries > are neither written nor read under an aborted signal',
  },
}
