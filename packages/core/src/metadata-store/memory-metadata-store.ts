import { byCodeUnit } from '../encoding/plain-data.ts'
import { cairnError } from '../errors/cairn-error.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { RecordBase, RecordKind, RecordKinds } from '../records/records.ts'
import {
  RECORD_INDEXES,
  type FieldFilter,
  type MetadataStore,
  type RecordChange,
  type RecordNotice,
  type RecordPage,
  type RecordQuery,
} from './metadata-store.ts'
import { comparedFields, conditionHolds, valueOf, valuesOf, type RecordCondition } from './record-condition.ts'
import { isFactName, isSingleFact } from './record-facts.ts'

const DEFAULT_LIMIT = 100

type Scalar = string | number

interface Stored {
  readonly record: RecordBase
  /** Place in the order of insertion. */
  readonly place: number
}

/** The records of one kind: by id, in the order of insertion, and the owners of unique fields. */
interface Table {
  readonly kind: RecordKind
  readonly byId: Map<string, Stored>
  readonly owners: Map<string, string>
}

/** The same for any kind; its field names are checked when it is answered. */
interface AnyQuery {
  readonly where?: { readonly [field: string]: FieldFilter | undefined } | undefined
  readonly match?: RecordCondition<RecordKind> | undefined
  readonly orderBy?: { readonly field: string; readonly direction: 'asc' | 'desc' } | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** The reference metadata store: maps in memory. It is the executable form of the port's promises. */
export class MemoryMetadataStore implements MetadataStore {
  readonly name: string
  readonly type = 'memory'
  readonly #tables = new Map<RecordKind, Table>()
  readonly #notices: RecordNotice[] = []
  #places = 0
  #sequence = 0

  constructor(name = 'memory') {
    this.name = name
  }

  async write(changes: readonly RecordChange[], options: OperationOptions = {}): Promise<void> {
    options.signal?.throwIfAborted()
    if (changes.length === 0) return
    const undo: (() => void)[] = []
    try {
      for (const change of changes) undo.push(this.#apply(change))
    } catch (error) {
      for (const step of undo.toReversed()) step()
      throw error
    }
    const sequence = ++this.#sequence
    for (const change of changes) {
      const id = change.op === 'delete' ? change.id : change.record.id
      this.#notices.push({ sequence, op: change.op, kind: change.kind, id })
    }
  }

  async get<K extends RecordKind>(
    kind: K,
    id: string,
    options: OperationOptions = {},
  ): Promise<RecordKinds[K] | undefined> {
    options.signal?.throwIfAborted()
    // Sound: a table holds only records of its own kind.
    return this.#table(kind).byId.get(id)?.record as RecordKinds[K] | undefined
  }

  async query<K extends RecordKind>(
    kind: K,
    query: RecordQuery<K> = {},
    options: OperationOptions = {},
  ): Promise<RecordPage<RecordKinds[K]>> {
    options.signal?.throwIfAborted()
    // Sound: it is the same with the names of the fields forgotten, and a table holds only records of its own kind.
    return answer(this.#table(kind), query as AnyQuery) as RecordPage<RecordKinds[K]>
  }

  async *changes(since: number, options: OperationOptions = {}): AsyncIterable<RecordNotice> {
    options.signal?.throwIfAborted()
    for (const notice of this.#notices) {
      if (notice.sequence <= since) continue
      options.signal?.throwIfAborted()
      yield notice
    }
  }

  #table(kind: RecordKind): Table {
    if (!Object.hasOwn(RECORD_INDEXES, kind)) throw refuse(kind, 'there is no such kind')
    const table = this.#tables.get(kind) ?? { kind, byId: new Map(), owners: new Map() }
    this.#tables.set(kind, table)
    return table
  }

  /** Applies one change and returns what takes it back. */
  #apply(change: RecordChange): () => void {
    const table = this.#table(change.kind)
    const id = change.op === 'delete' ? change.id : change.record.id
    const before = table.byId.get(id)
    if (change.op === 'delete') return replace(table, before, undefined)
    const { revision } = change.record
    if (change.op === 'insert' && before !== undefined) throw conflict(table, id, 'it exists already')
    if (change.op === 'update' && before?.record.revision !== revision - 1) {
      const found = before === undefined ? 'it does not exist' : `revision ${before.record.revision} is stored`
      throw conflict(table, id, `revision ${revision} was to follow ${revision - 1}, but ${found}`)
    }
    for (const key of uniqueKeys(table.kind, change.record)) {
      const owner = table.owners.get(key)
      if (owner !== undefined && owner !== id) throw conflict(table, id, `${owner} has the same unique fields ${key}`)
    }
    return replace(table, before, { record: frozenCopy(change.record), place: before?.place ?? ++this.#places })
  }
}

function replace(table: Table, before: Stored | undefined, after: Stored | undefined): () => void {
  if (before !== undefined) {
    table.byId.delete(before.record.id)
    for (const key of uniqueKeys(table.kind, before.record)) table.owners.delete(key)
  }
  if (after !== undefined) {
    table.byId.set(after.record.id, after)
    for (const key of uniqueKeys(table.kind, after.record)) table.owners.set(key, after.record.id)
  }
  return () => void replace(table, after, before)
}

function uniqueKeys(kind: RecordKind, record: RecordBase): readonly string[] {
  return RECORD_INDEXES[kind].unique.map((fields) =>
    JSON.stringify(fields.map((field) => [field, valueOf(record, field)])),
  )
}

function answer(table: Table, query: AnyQuery): RecordPage<RecordBase> {
  const limit = query.limit ?? DEFAULT_LIMIT
  if (!Number.isSafeInteger(limit) || limit < 1) throw refuse(table.kind, `its limit is ${limit}`)
  const filters = Object.entries(query.where ?? {}).map(([field, filter]) => filterOf(table.kind, field, filter))
  const { match } = query
  if (match !== undefined) {
    for (const name of comparedFields(match)) if (!isFactName(table.kind, name)) assertIndexed(table.kind, name)
    filters.push((record) => conditionHolds(table.kind, record, match))
  }
  const { field, direction = 'asc' } = query.orderBy ?? {}
  const isFact = field !== undefined && isFactName(table.kind, field)
  if (isFact && !isSingleFact(field)) throw refuse(table.kind, `a record can have several values of ${field}`)
  if (field !== undefined && !isFact) assertIndexed(table.kind, field)
  if (isFact) filters.push((record) => valuesOf(table.kind, record, field).length > 0)
  const order = `${field ?? ''} ${direction}`
  const valueOf = ({ record }: Stored): Scalar =>
    field === undefined ? 0 : (valuesOf(table.kind, record, field)[0] ?? '')
  const compare = (a: Place, b: Place): number =>
    ((isFact ? compareFacts : compareScalars)(a[0], b[0]) || a[1] - b[1]) * (direction === 'asc' ? 1 : -1)
  const start = query.cursor === undefined ? undefined : startOf(table.kind, query.cursor, order)
  const found = [...table.byId.values()]
    .filter(({ record }) => filters.every((passes) => passes(record)))
    .map((stored) => ({ record: stored.record, place: [valueOf(stored), stored.place] as const }))
    .filter(({ place }) => start === undefined || compare(place, start) > 0)
    .toSorted((a, b) => compare(a.place, b.place))
  const page = found.slice(0, limit)
  const items = page.map(({ record }) => record)
  const last = page.at(-1)
  return found.length > limit && last !== undefined
    ? { items, cursor: JSON.stringify([order, ...last.place]) }
    : { items }
}

/** Value of the ordered field, then place in the order of insertion. */
type Place = readonly [value: Scalar, place: number]

function startOf(kind: RecordKind, cursor: string, order: string): Place {
  try {
    const parsed: unknown = JSON.parse(cursor)
    // Sound: texts of this form are made by `answer` alone; one of another order is refused.
    if (Array.isArray(parsed) && parsed[0] === order) return [parsed[1] as Scalar, parsed[2] as number]
  } catch {
    // It is not JSON, so it is not a cursor either.
  }
  throw refuse(kind, 'its cursor is not from a page of the same query')
}

function filterOf(kind: RecordKind, field: string, filter: FieldFilter | undefined): (record: RecordBase) => boolean {
  assertIndexed(kind, field)
  if (filter === undefined) return () => true
  if (typeof filter !== 'object') return (record) => valueOf(record, field) === filter
  if ('prefix' in filter) {
    return (record) => {
      const value = valueOf(record, field)
      return value !== undefined && String(value).startsWith(filter.prefix)
    }
  }
  const { from, to } = filter
  if (from === undefined && to === undefined) return () => true
  return (record) => {
    const value = valueOf(record, field)
    if (value === undefined) return false
    return (
      (from === undefined || compareScalars(value, from) >= 0) && (to === undefined || compareScalars(value, to) <= 0)
    )
  }
}

function assertIndexed(kind: RecordKind, field: string): void {
  const fields: readonly string[] = RECORD_INDEXES[kind].fields
  if (!fields.includes(field)) throw refuse(kind, `there is no indexed field ${field}, only ${fields.join(', ')}`)
}

function compareScalars(a: Scalar, b: Scalar): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byCodeUnit(String(a), String(b))
}

/** Numbers come before texts. */
function compareFacts(a: Scalar, b: Scalar): number {
  return typeof a === typeof b ? compareScalars(a, b) : typeof a === 'number' ? -1 : 1
}

/** A deep copy without properties that are `undefined`, which nobody can change. */
function frozenCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  const copy = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(
        Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, frozenCopy(item)]])),
      )
  // Sound: records are plain data, and an absent property is what `undefined` stands for.
  return Object.freeze(copy) as T
}

function conflict({ kind }: Table, id: string, reason: string): Error {
  return cairnError('CAIRN_RECORD_CONFLICT', { kind, id, reason })
}

function refuse(kind: RecordKind, problem: string): Error {
  return cairnError('CAIRN_RECORD_QUERY', { kind, problem })
}
