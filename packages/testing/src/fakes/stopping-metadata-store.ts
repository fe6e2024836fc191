import type {
  MetadataStore,
  OperationOptions,
  RecordChange,
  RecordKind,
  RecordKinds,
  RecordNotice,
  RecordPage,
  RecordQuery,
} from '@cairnml/core'

import type { StopSwitch } from './stop-switch.ts'

/** A metadata store that stops with a switch; every batch counts as one write. */
export class StoppingMetadataStore implements MetadataStore {
  readonly name: string
  readonly type: string
  readonly #inner: MetadataStore
  readonly #stop: StopSwitch

  constructor(inner: MetadataStore, stop: StopSwitch) {
    this.name = inner.name
    this.type = inner.type
    this.#inner = inner
    this.#stop = stop
  }

  write(changes: readonly RecordChange[], options?: OperationOptions): Promise<void> {
    return this.#stop.write(() => this.#inner.write(changes, options))
  }

  get<K extends RecordKind>(kind: K, id: string, options?: OperationOptions): Promise<RecordKinds[K] | undefined> {
    return this.#stop.pass(() => this.#inner.get(kind, id, options))
  }

  query<K extends RecordKind>(
    kind: K,
    query?: RecordQuery<K>,
    options?: OperationOptions,
  ): Promise<RecordPage<RecordKinds[K]>> {
    return this.#stop.pass(() => this.#inner.query(kind, query, options))
  }

  changes(since: number, options?: OperationOptions): AsyncIterable<RecordNotice> {
    return this.#stop.each(this.#inner.changes(since, options))
  }
}
