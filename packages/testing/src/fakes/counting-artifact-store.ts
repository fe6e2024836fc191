import type {
  ArtifactStore,
  GetOptions,
  ObjectBody,
  ObjectInfo,
  OperationOptions,
  PutOptions,
  PutResult,
} from '@cairnml/core'

/** How often each operation was called. */
export interface OperationCounts {
  readonly put: number
  readonly get: number
  readonly stat: number
  readonly list: number
  readonly delete: number
}

const NONE: OperationCounts = { put: 0, get: 0, stat: 0, list: 0, delete: 0 }

/** An artifact store that passes everything on to another one and counts the calls. */
export class CountingArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type: string
  readonly capabilities: ArtifactStore['capabilities']
  readonly #inner: ArtifactStore
  #counts: OperationCounts = NONE

  constructor(inner: ArtifactStore) {
    this.name = inner.name
    this.type = inner.type
    this.capabilities = inner.capabilities
    this.#inner = inner
  }

  /** Calls since the start or the last `reset`, failed ones too. */
  get counts(): OperationCounts {
    return this.#counts
  }

  /** Counts from zero again. */
  reset(): void {
    this.#counts = NONE
  }

  put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult> {
    this.#count('put')
    return this.#inner.put(key, body, options)
  }

  get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array> | undefined> {
    this.#count('get')
    return this.#inner.get(key, options)
  }

  stat(key: string, options?: OperationOptions): Promise<ObjectInfo | undefined> {
    this.#count('stat')
    return this.#inner.stat(key, options)
  }

  list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo> {
    this.#count('list')
    return this.#inner.list(prefix, options)
  }

  delete(key: string, options?: OperationOptions): Promise<void> {
    this.#count('delete')
    return this.#inner.delete(key, options)
  }

  #count(operation: keyof OperationCounts): void {
    this.#counts = { ...this.#counts, [operation]: this.#counts[operation] + 1 }
  }
}
