import type {
  ArtifactStore,
  GetOptions,
  ObjectBody,
  ObjectInfo,
  OperationOptions,
  PutOptions,
  PutResult,
} from '@cairnml/core'
import { MemoryArtifactStore } from '@cairnml/core'

import { collectBytes, collectItems } from '../fixtures/bytes.ts'

/** How a store breaks its promises. */
export const ARTIFACT_STORE_FAULTS = [
  'loses writes',
  'tears writes',
  'lies about sizes',
  'ignores ifAbsent',
  'ignores signals',
  'ignores ranges',
  'lists in any order',
  'lists whole segments only',
  'keeps what was deleted',
  'shows what failed',
] as const

/** One of the ways in which a store breaks its promises. */
export type ArtifactStoreFault = (typeof ARTIFACT_STORE_FAULTS)[number]

/** How a faulty store is made. */
export interface FaultyArtifactStoreOptions {
  readonly fault: ArtifactStoreFault
  /** Which objects the fault concerns. @default all */
  readonly when?: ((key: string) => boolean) | undefined
  /** What works. @default an empty `MemoryArtifactStore` */
  readonly inner?: ArtifactStore | undefined
}

/** An artifact store with one fault: what engine and conformance suite have to notice. */
export class FaultyArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type: string
  readonly capabilities: ArtifactStore['capabilities']
  readonly #inner: ArtifactStore
  readonly #options: FaultyArtifactStoreOptions

  constructor(options: FaultyArtifactStoreOptions) {
    this.#options = options
    this.#inner = options.inner ?? new MemoryArtifactStore()
    this.name = this.#inner.name
    this.type = this.#inner.type
    this.capabilities = this.#inner.capabilities
  }

  async put(key: string, body: ObjectBody, options: PutOptions = {}): Promise<PutResult> {
    if (this.#has('loses writes', key)) return this.#losePut(key, body, options)
    if (this.#has('tears writes', key)) return this.#tearPut(key, body, options)
    if (this.#has('shows what failed', key)) return this.#showFailedPut(key, body, options)
    if (this.#has('ignores ifAbsent', key)) return this.#inner.put(key, body, { ...options, ifAbsent: false })
    if (this.#has('ignores signals', key)) return this.#inner.put(key, body, { ifAbsent: options.ifAbsent })
    return this.#inner.put(key, body, options)
  }

  async get(key: string, options: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (this.#has('ignores ranges', key)) return this.#inner.get(key, { signal: options.signal })
    if (this.#has('ignores signals', key)) return this.#inner.get(key, { range: options.range })
    return this.#inner.get(key, options)
  }

  async stat(key: string, options: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    const info = await this.#inner.stat(key, this.#has('ignores signals', key) ? {} : options)
    return info !== undefined && this.#has('lies about sizes', key) ? { ...info, size: info.size + 1 } : info
  }

  async *list(prefix: string, options: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    const isSegment = prefix === '' || prefix.endsWith('/')
    if (this.#has('lists whole segments only', prefix) && !isSegment) prefix = `${prefix}/`
    if (this.#has('lists in any order', prefix)) yield* (await collectItems(this.#inner.list(prefix))).toReversed()
    else yield* this.#inner.list(prefix, this.#has('ignores signals', prefix) ? {} : options)
  }

  async delete(key: string, options: OperationOptions = {}): Promise<void> {
    if (this.#has('keeps what was deleted', key)) await this.#inner.stat(key, options)
    else await this.#inner.delete(key, this.#has('ignores signals', key) ? {} : options)
  }

  #has(fault: ArtifactStoreFault, key: string): boolean {
    return this.#options.fault === fault && (this.#options.when?.(key) ?? true)
  }

  async #losePut(key: string, body: ObjectBody, options: PutOptions): Promise<PutResult> {
    const before = await this.#inner.stat(key)
    const result = await this.#inner.put(key, body, options)
    if (before === undefined) await this.#inner.delete(key)
    return result
  }

  async #tearPut(key: string, body: ObjectBody, options: PutOptions): Promise<PutResult> {
    const result = await this.#inner.put(key, body, options)
    const stored = await this.#inner.get(key)
    const bytes = stored === undefined ? new Uint8Array(0) : await collectBytes(stored)
    await this.#inner.put(key, bytes.subarray(0, Math.ceil(bytes.length / 2)))
    return result
  }

  async #showFailedPut(key: string, body: ObjectBody, options: PutOptions): Promise<PutResult> {
    try {
      return await this.#inner.put(key, body, options)
    } catch (error) {
      await this.#inner.put(key, new Uint8Array(1))
      throw error
    }
  }
}
