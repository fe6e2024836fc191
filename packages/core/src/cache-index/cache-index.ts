import type { CacheEntry } from '../artifact/result-manifest.ts'
import { token, type Token } from '../container/token.ts'
import type { Component, OperationOptions } from '../plugin/component.ts'

/** How an entry is added. */
export interface PutEntryOptions extends OperationOptions {
  /** Id of the newest entry that the writer knew under the key when it decided to work; absent if it knew none. */
  readonly seen?: string | undefined
}

/** The right to work on a key, until released or lost. */
export interface Lease {
  readonly key: string
  /** Grows with every lease of this key. */
  readonly fence: number
  /** Says that the holder still works; false means that the lease was lost or released. */
  renew(options?: OperationOptions): Promise<boolean>
  /** Gives the key free; of a lease that was lost nothing happens to its successor. */
  release(options?: OperationOptions): Promise<void>
}

/** Who works on a key at the moment. */
export interface Busy {
  readonly busy: true
  readonly owner: string
  /** Moves with every renewal. A waiter takes the holder for dead when it stands still for long enough. */
  readonly beat: number
  readonly fence: number
}

/** How a lease is asked for. */
export interface AcquireOptions extends OperationOptions {
  /** Fence of a lease whose holder the caller has found dead; it is taken over if it is still that one. */
  readonly takeOver?: number | undefined
}

/**
 * From a cache key to the results under it. It can be rebuilt from the artifact store at any time.
 *
 * Promises: entries are append-only; `put` is atomic among processes; after it resolved every reader sees the entry.
 */
export interface CacheIndex extends Component {
  /** The entries under a key, newest first; empty where there is none. */
  get(key: string, options?: OperationOptions): Promise<readonly CacheEntry[]>
  /** The same for many keys, in their order. */
  getMany(keys: readonly string[], options?: OperationOptions): Promise<readonly (readonly CacheEntry[])[]>
  /**
   * Appends an entry, unless somebody else added one after `seen`: then nothing is written and that newer entry is
   * returned, which the caller adopts. An entry whose id is there already is returned as it is. What counts as added
   * after `seen` is a newest entry that is not `seen`: whoever removes the entry it saw looks again before it works.
   *
   * @throws CAIRN_INDEX_WRITE if the entry could not be stored
   */
  put(key: string, entry: CacheEntry, options?: PutEntryOptions): Promise<CacheEntry>
  /** Removes one entry, or all entries of a key; what is not there is no fault. */
  remove(key: string, entry?: string, options?: OperationOptions): Promise<void>
  /**
   * Capability: one worker at a time per key. Absent means that equal work may be done twice. Whoever holds the key is
   * told `Busy` like anybody else, and it stays busy until released or taken over.
   */
  acquire?(key: string, owner: string, options?: AcquireOptions): Promise<Lease | Busy>
}

/** Where the cache index of a stack is found. */
export const CACHE_INDEX: Token<CacheIndex> = token('CacheIndex')
