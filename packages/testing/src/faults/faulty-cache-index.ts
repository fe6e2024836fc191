import {
  MemoryCacheIndex,
  type AcquireOptions,
  type Busy,
  type CacheEntry,
  type Lease,
  type OperationOptions,
  type PutEntryOptions,
} from '@cairnml/core'

/** How a cache index breaks its promises. */
export const CACHE_INDEX_FAULTS = [
  'replaces entries',
  'adds without looking',
  'returns what the writer brought',
  'lists oldest first',
  'mixes up keys',
  'removes everything',
  'leases to everybody',
  'starts fences again',
  'renews what was lost',
  'takes over from anybody',
  'stands still',
  'forgets who holds',
  'names holders of the past',
  'ignores signals',
] as const

/** One of the ways in which a cache index breaks its promises. */
export type CacheIndexFault = (typeof CACHE_INDEX_FAULTS)[number]

/** A cache index in memory with one fault. */
export class FaultyCacheIndex extends MemoryCacheIndex {
  readonly #fault: CacheIndexFault
  readonly #last = new Map<string, Busy>()

  constructor(fault: CacheIndexFault) {
    super()
    this.#fault = fault
  }

  override async get(key: string, options?: OperationOptions): Promise<readonly CacheEntry[]> {
    const entries = await super.get(key, this.#fault === 'ignores signals' ? {} : options)
    return this.#fault === 'lists oldest first' ? entries.toReversed() : entries
  }

  override async getMany(
    keys: readonly string[],
    options?: OperationOptions,
  ): Promise<readonly (readonly CacheEntry[])[]> {
    return super.getMany(this.#fault === 'mixes up keys' ? keys.toSorted() : keys, options)
  }

  override async put(key: string, entry: CacheEntry, options: PutEntryOptions = {}): Promise<CacheEntry> {
    if (this.#fault === 'replaces entries') await super.remove(key)
    const [newest] = await super.get(key)
    const seen = this.#fault === 'adds without looking' ? newest?.id : options.seen
    const added = await super.put(key, entry, { ...options, seen })
    return this.#fault === 'returns what the writer brought' ? entry : added
  }

  override async remove(key: string, entry?: string, options?: OperationOptions): Promise<void> {
    await super.remove(key, this.#fault === 'removes everything' ? undefined : entry, options)
  }

  override async holder(key: string, options?: OperationOptions): Promise<Busy | undefined> {
    const holder = await super.holder(key, options)
    if (this.#fault === 'forgets who holds') return undefined
    if (this.#fault === 'stands still') return holder && { ...holder, beat: 0 }
    if (this.#fault !== 'names holders of the past') return holder
    if (holder !== undefined) this.#last.set(key, holder)
    return this.#last.get(key)
  }

  override async acquire(key: string, owner: string, options: AcquireOptions = {}): Promise<Lease | Busy> {
    let got = await super.acquire(key, owner, options)
    const isTakeOver = this.#fault === 'takes over from anybody' && options.takeOver !== undefined
    if ('busy' in got && (this.#fault === 'leases to everybody' || isTakeOver)) {
      got = await super.acquire(key, owner, { takeOver: got.fence })
    }
    if ('busy' in got) return this.#fault === 'stands still' ? { ...got, beat: 0 } : got
    const lease = got
    return {
      key,
      fence: this.#fault === 'starts fences again' ? 1 : lease.fence,
      renew: async (renewal) => (await lease.renew(renewal)) || this.#fault === 'renews what was lost',
      release: (release) => lease.release(release),
    }
  }
}
