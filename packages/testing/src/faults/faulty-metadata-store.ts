import {
  MemoryMetadataStore,
  type OperationOptions,
  type RecordChange,
  type RecordKind,
  type RecordKinds,
  type RecordNotice,
  type RecordPage,
  type RecordQuery,
} from '@cairnml/core'

/** How a metadata store breaks its promises. */
export const METADATA_STORE_FAULTS = [
  'applies half of a batch',
  'overwrites on insert',
  'takes any revision',
  'ignores filters',
  'ignores bounds',
  'ignores conditions',
  'ignores the order',
  'repeats a record on the next page',
  'loses notices',
  'numbers every notice',
  'forgets optional properties',
  'ignores signals',
] as const

/** One of the ways in which a metadata store breaks its promises. */
export type MetadataStoreFault = (typeof METADATA_STORE_FAULTS)[number]

/** A metadata store in memory with one fault. */
export class FaultyMetadataStore extends MemoryMetadataStore {
  readonly #fault: MetadataStoreFault

  constructor(fault: MetadataStoreFault) {
    super()
    this.#fault = fault
  }

  override async write(changes: readonly RecordChange[], options: OperationOptions = {}): Promise<void> {
    if (this.#fault === 'applies half of a batch') {
      for (const change of changes) await super.write([change], options)
    } else if (this.#fault === 'overwrites on insert') {
      await super.write(changes.flatMap(withDelete), options)
    } else if (this.#fault === 'takes any revision') {
      await super.write(await Promise.all(changes.map((change) => this.#rebase(change))), options)
    } else {
      await super.write(changes, this.#fault === 'ignores signals' ? {} : options)
    }
  }

  override async get<K extends RecordKind>(
    kind: K,
    id: string,
    options?: OperationOptions,
  ): Promise<RecordKinds[K] | undefined> {
    const found = await super.get(kind, id, this.#fault === 'ignores signals' ? {} : options)
    if (this.#fault !== 'forgets optional properties' || found === undefined || !('error' in found)) return found
    return { ...found, error: undefined }
  }

  override async query<K extends RecordKind>(
    kind: K,
    query: RecordQuery<K> = {},
    options?: OperationOptions,
  ): Promise<RecordPage<RecordKinds[K]>> {
    const { where, match, orderBy, cursor, ...rest } = query
    if (this.#fault === 'ignores conditions') return super.query(kind, { ...query, match: undefined }, options)
    if (this.#fault === 'ignores filters') return super.query(kind, { ...rest, match, orderBy, cursor }, options)
    if (this.#fault === 'ignores the order') return super.query(kind, { ...rest, where, match, cursor }, options)
    if (this.#fault === 'repeats a record on the next page' && cursor !== undefined) {
      const page = await super.query(kind, { ...query, cursor: undefined, limit: 1 }, options)
      const next = await super.query(kind, query, options)
      return { ...next, items: [...page.items, ...next.items] }
    }
    if (this.#fault === 'ignores bounds' && where !== undefined) {
      const kept = Object.entries(where).filter(([, filter]) => typeof filter !== 'object')
      // Sound: the fields that are left are those of the query.
      return super.query(kind, { ...query, where: Object.fromEntries(kept) as typeof where }, options)
    }
    return super.query(kind, query, this.#fault === 'ignores signals' ? {} : options)
  }

  override async *changes(since: number, options?: OperationOptions): AsyncIterable<RecordNotice> {
    let count = 0
    for await (const notice of super.changes(since, this.#fault === 'ignores signals' ? {} : options)) {
      count += 1
      if (this.#fault === 'loses notices' && notice.op === 'delete') continue
      yield this.#fault === 'numbers every notice' ? { ...notice, sequence: since + count } : notice
    }
  }

  async #rebase(change: RecordChange): Promise<RecordChange> {
    if (change.op !== 'update') return change
    const stored = await super.get(change.kind, change.record.id)
    if (stored === undefined) return change
    // Sound: only the revision changes, which every kind has.
    return { ...change, record: { ...change.record, revision: stored.revision + 1 } } as RecordChange
  }
}

function withDelete(change: RecordChange): readonly RecordChange[] {
  return change.op === 'insert' ? [{ op: 'delete', kind: change.kind, id: change.record.id }, change] : [change]
}
