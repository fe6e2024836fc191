import {
  MemoryMetadataStore as ReferenceStore,
  type MetadataStore,
  type OperationOptions,
  type RecordChange,
  type RecordKind,
  type RecordKinds,
  type RecordNotice,
  type RecordPage,
  type RecordQuery,
} from '@cairnml/core'

/**
 * A metadata store that keeps the records of one process. It is the reference store with a name of its own: put your
 * database in place of `#records`, method by method, and let the conformance suite say what is missing.
 */
export class AcmeMetadataStore implements MetadataStore {
  readonly name: string
  readonly type = 'acme'
  readonly #records = new ReferenceStore()

  constructor(name: string) {
    this.name = name
  }

  async write(changes: readonly RecordChange[], options?: OperationOptions): Promise<void> {
    await this.#records.write(changes, options)
  }

  async get<K extends RecordKind>(
    kind: K,
    id: string,
    options?: OperationOptions,
  ): Promise<RecordKinds[K] | undefined> {
    return await this.#records.get(kind, id, options)
  }

  async query<K extends RecordKind>(
    kind: K,
    query?: RecordQuery<K>,
    options?: OperationOptions,
  ): Promise<RecordPage<RecordKinds[K]>> {
    return await this.#records.query(kind, query, options)
  }

  changes(since: number, options?: OperationOptions): AsyncIterable<RecordNotice> {
    return this.#records.changes(since, options)
  }
}
