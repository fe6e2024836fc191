import {
  MemoryArtifactStore,
  type ArtifactStore,
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type OperationOptions,
  type PutOptions,
  type PutResult,
} from '@cairnml/core'

import { BROKEN_METHODS } from './artifact-store-faults-data.ts'
import type { ArtifactStoreFault, ArtifactStoreMethods } from './artifact-store-faults.ts'

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
  readonly #broken: ArtifactStoreMethods
  readonly #when: (key: string) => boolean

  constructor(options: FaultyArtifactStoreOptions) {
    this.#inner = options.inner ?? new MemoryArtifactStore()
    this.#broken = methodsOf(this.#inner, BROKEN_METHODS[options.fault](this.#inner))
    this.#when = options.when ?? (() => true)
    this.name = this.#inner.name
    this.type = this.#inner.type
    this.capabilities = this.#inner.capabilities
  }

  put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult> {
    return this.#for(key).put(key, body, options)
  }

  get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.#for(key).get(key, options)
  }

  stat(key: string, options?: OperationOptions): Promise<ObjectInfo | undefined> {
    return this.#for(key).stat(key, options)
  }

  list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo> {
    return this.#for(prefix).list(prefix, options)
  }

  delete(key: string, options?: OperationOptions): Promise<void> {
    return this.#for(key).delete(key, options)
  }

  #for(key: string): ArtifactStoreMethods {
    return this.#when(key) ? this.#broken : this.#inner
  }
}

function methodsOf(inner: ArtifactStore, broken: Partial<ArtifactStoreMethods>): ArtifactStoreMethods {
  return {
    put: (key, body, options) => inner.put(key, body, options),
    get: (key, options) => inner.get(key, options),
    stat: (key, options) => inner.stat(key, options),
    list: (prefix, options) => inner.list(prefix, options),
    delete: (key, options) => inner.delete(key, options),
    ...broken,
  }
}
