import type {
  AcquireOptions,
  Busy,
  CacheEntry,
  CacheIndex,
  Lease,
  OperationOptions,
  PutEntryOptions,
} from '@cairnml/core'

import type { StopSwitch } from './stop-switch.ts'

/**
 * A cache index that stops with a switch; puts and removals count as writes. Leases do not count, since renewals come
 * at any time, but nobody releases them after the stop.
 */
export class StoppingCacheIndex implements CacheIndex {
  readonly name: string
  readonly type: string
  readonly acquire?: NonNullable<CacheIndex['acquire']>
  readonly secret?: NonNullable<CacheIndex['secret']>
  readonly holder?: NonNullable<CacheIndex['holder']>
  readonly #inner: CacheIndex
  readonly #stop: StopSwitch

  constructor(inner: CacheIndex, stop: StopSwitch) {
    this.name = inner.name
    this.type = inner.type
    this.#inner = inner
    this.#stop = stop
    const secret = inner.secret?.bind(inner)
    if (secret !== undefined) this.secret = (options) => this.#stop.pass(() => secret(options))
    if (inner.acquire !== undefined) this.acquire = (key, owner, options) => this.#acquire(key, owner, options)
    if (inner.holder !== undefined) this.holder = (key, options) => this.#holder(key, options)
  }

  get(key: string, options?: OperationOptions): Promise<readonly CacheEntry[]> {
    return this.#stop.pass(() => this.#inner.get(key, options))
  }

  getMany(keys: readonly string[], options?: OperationOptions): Promise<readonly (readonly CacheEntry[])[]> {
    return this.#stop.pass(() => this.#inner.getMany(keys, options))
  }

  put(key: string, entry: CacheEntry, options?: PutEntryOptions): Promise<CacheEntry> {
    return this.#stop.write(() => this.#inner.put(key, entry, options))
  }

  remove(key: string, entry?: string, options?: OperationOptions): Promise<void> {
    return this.#stop.write(() => this.#inner.remove(key, entry, options))
  }

  #holder(key: string, options?: OperationOptions): Promise<Busy | undefined> {
    return this.#stop.pass(async () => this.#inner.holder?.(key, options))
  }

  async #acquire(key: string, owner: string, options?: AcquireOptions): Promise<Lease | Busy> {
    const got = await this.#stop.pass(async () => this.#inner.acquire?.(key, owner, options))
    if (got === undefined) throw new TypeError(`The cache index ${this.name} lost its method acquire.`)
    if ('busy' in got) return got
    return {
      key: got.key,
      fence: got.fence,
      renew: (renewal) => this.#stop.pass(() => got.renew(renewal)),
      release: (release) => this.#stop.pass(() => got.release(release)),
    }
  }
}
