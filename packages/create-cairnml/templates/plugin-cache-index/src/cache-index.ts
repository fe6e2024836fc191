import {
  entryInTheWay,
  type CacheEntry,
  type CacheIndex,
  type OperationOptions,
  type PutEntryOptions,
} from '@cairnml/core'

/**
 * A cache index that lasts as long as its process. Nothing is lost with it: results lie in the artifact store, where a
 * run finds them again. It leases no keys, so that two runs at a time may do the same work twice.
 */
export class AcmeCacheIndex implements CacheIndex {
  readonly name: string
  readonly type = 'acme'
  /** Newest first. */
  readonly #entries = new Map<string, readonly CacheEntry[]>()

  constructor(name: string) {
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
    if (left.length === 0) this.#entries.delete(key)
    else this.#entries.set(key, left)
  }
}
