import { token, type Token } from '../container/token.ts'
import type { Component, OperationOptions } from '../plugin/component.ts'
import type { RecordKind, RecordKinds } from '../records/records.ts'
import type { RecordCondition } from './record-condition.ts'
import type { FactName } from './record-facts.ts'

/** One write. A batch of them is applied whole or not at all. */
export type RecordChange = {
  [K in RecordKind]:
    | { readonly op: 'insert'; readonly kind: K; readonly record: RecordKinds[K] }
    /** Replaces the record if its stored revision is `record.revision - 1`. */
    | { readonly op: 'update'; readonly kind: K; readonly record: RecordKinds[K] }
    | { readonly op: 'delete'; readonly kind: K; readonly id: string }
}[RecordKind]

/** What a filter compares an indexed field with: a value, the start of a text, or bounds that belong to the range. */
export type FieldFilter =
  | string
  | number
  | { readonly prefix: string }
  | { readonly from?: string | number | undefined; readonly to?: string | number | undefined }

/** A question over the records of one kind. All filters must hold. */
export interface RecordQuery<K extends RecordKind> {
  readonly where?: { readonly [F in IndexedField<K>]?: FieldFilter | undefined } | undefined
  /** What must hold besides, also of facts: tags, parameters and metrics of runs, artifacts of step runs. */
  readonly match?: RecordCondition<K> | undefined
  /**
   * Equal values are ordered by the order of insertion, in the same direction. In the order of a fact (numbers before
   * texts) there are only the records that have it; one that can have several values is CAIRN_RECORD_QUERY.
   *
   * @default order of insertion
   */
  readonly orderBy?: { readonly field: IndexedField<K> | FactName<K>; readonly direction: 'asc' | 'desc' } | undefined
  /** Where an earlier page of the same query ended; one of another order, or made up, is CAIRN_RECORD_QUERY. */
  readonly cursor?: string | undefined
  /** At most this many records, a positive whole number. @default 100 */
  readonly limit?: number | undefined
}

/** Part of an answer. */
export interface RecordPage<R> {
  readonly items: readonly R[]
  /** Where the next page starts; absent at the end. */
  readonly cursor?: string | undefined
}

/** That something was written, in the order of writing. */
export interface RecordNotice {
  /** Grows with every batch; the notices of one batch share it. */
  readonly sequence: number
  readonly op: 'insert' | 'update' | 'delete'
  readonly kind: RecordKind
  readonly id: string
}

/** The fields by which records of each kind can be filtered and sorted. */
interface IndexedFields {
  readonly pipeline: 'name' | 'createdAt'
  readonly pipelineVersion: 'pipeline' | 'version' | 'structure' | 'createdAt'
  readonly run: 'nameKey' | 'pipeline' | 'version' | 'status' | 'startedAt'
  readonly stepRun: 'run' | 'invocation' | 'position' | 'entryOf'
  readonly keyTree: 'createdAt'
}

/**
 * A field by which records of a kind can be filtered and sorted. A record without it passes no filter on it and comes
 * before all others in its order.
 */
export type IndexedField<K extends RecordKind> = IndexedFields[K]

/** The indexed fields of a kind and the sets of them that are unique in it, besides the id. */
export interface RecordIndexes<K extends RecordKind> {
  readonly fields: readonly IndexedField<K>[]
  readonly unique: readonly (readonly IndexedField<K>[])[]
}

/** The indexes that every metadata store keeps. */
export const RECORD_INDEXES: { readonly [K in RecordKind]: RecordIndexes<K> } = {
  pipeline: { fields: ['name', 'createdAt'], unique: [] },
  pipelineVersion: {
    fields: ['pipeline', 'version', 'structure', 'createdAt'],
    unique: [
      ['pipeline', 'version'],
      ['pipeline', 'structure'],
    ],
  },
  run: { fields: ['nameKey', 'pipeline', 'version', 'status', 'startedAt'], unique: [['nameKey']] },
  stepRun: { fields: ['run', 'invocation', 'position', 'entryOf'], unique: [['run', 'invocation']] },
  keyTree: { fields: ['createdAt'], unique: [] },
}

/**
 * Records with indexes and atomic batches.
 *
 * Promises: a batch is applied whole or not at all; an insert of an id or of unique fields that exist, and an update
 * of another revision or of a missing record, is CAIRN_RECORD_CONFLICT and nothing of the batch is applied. After
 * `write` resolved the batch survives the death of this process, and every other process sees it. Records come back
 * equal to what was written, without properties that were `undefined`.
 *
 * The changes of a batch are applied one after another, so a later one meets what an earlier one did. Records of other
 * kinds need not exist. A delete of what is not there is no fault. Texts are compared by code units. Paging by cursor
 * gives every record that is there all the time, and is not changed, exactly once.
 */
export interface MetadataStore extends Component {
  write(changes: readonly RecordChange[], options?: OperationOptions): Promise<void>
  /** The record, or `undefined` where there is none. */
  get<K extends RecordKind>(kind: K, id: string, options?: OperationOptions): Promise<RecordKinds[K] | undefined>
  /**
   * A page of records. Filters and order use the fields of `RECORD_INDEXES`, conditions and order also the facts of
   * `recordFacts`; others are CAIRN_RECORD_QUERY.
   */
  query<K extends RecordKind>(
    kind: K,
    query?: RecordQuery<K>,
    options?: OperationOptions,
  ): Promise<RecordPage<RecordKinds[K]>>
  /** Every notice after a sequence number, oldest first; it ends at the newest. */
  changes(since: number, options?: OperationOptions): AsyncIterable<RecordNotice>
}

/** Where the metadata store of a stack is found. */
export const METADATA_STORE: Token<MetadataStore> = token('MetadataStore')
