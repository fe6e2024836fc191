import type { CacheEntry } from '../artifact/result-manifest.ts'
import { token, type Token } from '../container/token.ts'
import type { Json } from '../encoding/tagged-json.ts'
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

/** Which lease of which key is held. */
export interface HeldLease {
  readonly key: string
  readonly fence: number
}

/** Renews leases by what they are called, on a thread of its own, which is ended without notice. */
export interface Beater {
  /**
   * Moves the beat of each of these leases that is held, in no more than a few seconds, and leaves all others alone:
   * those that were lost, released or never given. What it throws means no beat; it is called again.
   */
  beat(held: readonly HeldLease[]): void | Promise<void>
}

/** What another thread makes a beater from. */
export interface BeaterReference {
  /**
   * URL of an ES module that exports `createBeater`, which takes `data` and gives a `Beater`. It is loaded into a
   * thread of its own and should import little.
   */
  readonly module: string
  /** What tells the module which index it is for. */
  readonly data: Json
}

/** What the module of a `BeaterReference` exports. */
export interface BeaterModule {
  createBeater(data: Json): Beater | Promise<Beater>
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
  /**
   * Who holds a key, or `undefined` where it is free; present exactly where `acquire` is. Those who wait for a key ask
   * several times a second: it locks nothing and changes nothing.
   */
  holder?(key: string, options?: OperationOptions): Promise<Busy | undefined>
  /**
   * Capability: leases are renewed on a thread of their own, so that a step which keeps its thread busy does not lose
   * its lease. Absent means that they are renewed through `Lease.renew`, on the thread of the steps. The index gives a
   * reference before or after it was opened.
   */
  beater?(): BeaterReference
  /**
   * Capability: a secret of at least 32 random bytes that belongs to the index, made once by whoever asks first and the
   * same for all who share it. Values of environment variables are hashed under it. Absent means that every project
   * folder has a secret of its own, so keys that count variables are not shared.
   */
  secret?(options?: OperationOptions): Promise<Uint8Array>
}

/** Where the cache index of a stack is found. */
export const CACHE_INDEX: Token<CacheIndex> = token('CacheIndex')
