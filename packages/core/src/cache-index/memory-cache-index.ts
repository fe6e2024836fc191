import { randomBytes } from 'node:crypto'

import type { CacheEntry } from '../artifact/result-manifest.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { AcquireOptions, Busy, CacheIndex, Lease, PutEntryOptions } from './cache-index.ts'
import { entryInTheWay } from './entry-in-the-way.ts'

interface Holder {
  readonly owner: string
  readonly fence: number
  beat: number
}

/** The reference cache index: maps in memory. It is the executable form of the port's promises. */
export class MemoryCacheIndex implements CacheIndex {
  readonly name: string
  readonly type = 'memory'
  /** Newest first. */
  readonly #entries = new Map<string, readonly CacheEntry[]>()
  readonly #holders = new Map<string, Holder>()
  /** The last fence of every key that was ever leased. */
  readonly #fences = new Map<string, number>()
  readonly #secret: Uint8Array = randomBytes(32)

  constructor(name = 'memory') {
    this.name = name
  }

  async get(key: string, options: OperationOptions = {}): Promise<readonly CacheEntry[]> {
    options.signal?.throwIfAborted()
    return this.#entries.get(key) ?? []
  }

  async getMany(keys: readonly string[], options: OperationOptions = {}): Promise<readonly (readonly CacheEntry[])[]> {
    options.signal?.throwIfAborted()
    return keys.map((key) => this.#entries.get(key) ?? [])
  }

  async put(key: string, entry: CacheEntry, options: PutEntryOptions = {}): Promise<CacheEntry> {
    options.signal?.throwIfAborted()
    const present = this.#entries.get(key) ?? []
    const other = entryInTheWay(present, entry, options.seen)
    if (other !== undefined) return other
    const added = structuredClone(entry)
    this.#entries.set(key, [added, ...present])
    return added
  }

  async remove(key: string, entry?: string, options: OperationOptions = {}): Promise<void> {
    options.signal?.throwIfAborted()
    const left = entry === undefined ? [] : (this.#entries.get(key) ?? []).filter(({ id }) => id !== entry)
    if (left.length > 0) this.#entries.set(key, left)
    else this.#entries.delete(key)
  }

  async acquire(key: string, owner: string, options: AcquireOptions = {}): Promise<Lease | Busy> {
    options.signal?.throwIfAborted()
    const held = this.#holders.get(key)
    if (held !== undefined && held.fence !== options.takeOver) return busy(held)
    const fence = (this.#fences.get(key) ?? 0) + 1
    this.#fences.set(key, fence)
    const holder: Holder = { owner, fence, beat: 0 }
    this.#holders.set(key, holder)
    return this.#lease(key, holder)
  }

  async holder(key: string, options: OperationOptions = {}): Promise<Busy | undefined> {
    options.signal?.throwIfAborted()
    const held = this.#holders.get(key)
    return held && busy(held)
  }

  async secret(options: OperationOptions = {}): Promise<Uint8Array> {
    options.signal?.throwIfAborted()
    return this.#secret
  }

  #lease(key: string, holder: Holder): Lease {
    const isHeld = (): boolean => this.#holders.get(key) === holder
    return {
      key,
      fence: holder.fence,
      renew: async (options) => {
        options?.signal?.throwIfAborted()
        if (!isHeld()) return false
        holder.beat += 1
        return true
      },
      release: async (options) => {
        options?.signal?.throwIfAborted()
        if (isHeld()) this.#holders.delete(key)
      },
    }
  }
}

function busy({ owner, beat, fence }: Holder): Busy {
  return { busy: true, owner, beat, fence }
}
