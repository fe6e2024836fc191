import type { SQLInputValue } from 'node:sqlite'

import {
  cairnError,
  isFactName,
  isSingleFact,
  type FieldFilter,
  type RecordCondition,
  type RecordKind,
} from '@cairnml/core'

import { fieldCondition, type Condition } from './field-condition.ts'
import { matchCondition } from './match-condition.ts'
import { unpackCursor } from './query-cursor.ts'
import type { FieldColumn, TableLayout } from './record-table.ts'
import type { SymbolTable } from './symbol-table.ts'

/** A query as SQL. A row is the place in the order (`seq`, value of the ordered field), then the table's columns. */
export interface PlannedQuery {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
  /** The order, as cursors name it. */
  readonly order: string
  readonly limit: number
}

/** A query over any kind; its field names are checked when it is planned. */
export interface AnyQuery {
  readonly where?: { readonly [field: string]: FieldFilter | undefined } | undefined
  readonly match?: RecordCondition<RecordKind> | undefined
  readonly orderBy?: { readonly field: string; readonly direction: 'asc' | 'desc' } | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

const DEFAULT_LIMIT = 100

/**
 * Turns a query into one SELECT that asks for one row more than the limit, so that the end is known without another.
 * `undefined` means that nothing can match.
 *
 * @throws CAIRN_RECORD_QUERY
 */
export function planQuery(table: TableLayout, query: AnyQuery, symbols: SymbolTable): PlannedQuery | undefined {
  const limit = limitOf(table, query)
  const order = orderOf(table, query, symbols)
  const { match } = query
  const conditions = [
    ...(order.has === undefined ? [] : [order.has]),
    ...filtersOf(table, query, symbols),
    ...(match === undefined
      ? []
      : [matchCondition(match, { table, symbols, fieldOf: (name) => fieldOf(table, name) })]),
    ...startOf(table, query, order),
  ]
  if (!conditions.every((condition) => condition !== undefined)) return undefined
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  return {
    sql: `SELECT seq, ${order.value}, ${table.columns.join(', ')} FROM ${order.from} ${where} ORDER BY ${order.sql} LIMIT ?`,
    values: [...conditions.flatMap(({ values }) => values), limit + 1],
    order: order.name,
    limit,
  }
}

interface Order {
  readonly name: string
  /** SQL for the value that is ordered by; 0 in the order of insertion. */
  readonly value: string
  readonly sql: string
  readonly after: '<' | '>'
  readonly from: string
  /** What restricts it to records that have the fact. */
  readonly has?: Condition | undefined
}

function orderOf(table: TableLayout, { orderBy, where = {} }: AnyQuery, symbols: SymbolTable): Order {
  const from = table.table
  if (orderBy === undefined) return { name: '', value: '0', sql: 'seq', after: '>', from }
  const { field, direction } = orderBy
  const up = direction !== 'desc'
  if (table.facts !== undefined && isFactName(table.kind, field)) return factOrder(table, field, { up, symbols })
  const value = valueOf(fieldOf(table, field))
  const bySeq = up ? 'seq' : 'seq DESC'
  const filter = Object.hasOwn(where, field) ? where[field] : undefined
  // Among equal values only the order of insertion is left, and an index on the field has the rows in it.
  const isEqual = filter !== undefined && typeof filter !== 'object'
  const sql = isEqual ? bySeq : `${up ? value : `${value} DESC`}, ${bySeq}`
  return { name: `${field} ${up ? 'asc' : 'desc'}`, value, sql, after: up ? '>' : '<', from }
}

/** The index on the values of the fact gives the order, so the join starts there. */
function factOrder(
  table: TableLayout,
  field: string,
  { up, symbols }: { readonly up: boolean; readonly symbols: SymbolTable },
): Order {
  if (!isSingleFact(field)) throw problem(table, `a record can have several values of ${field}`)
  return {
    name: `${field} ${up ? 'asc' : 'desc'}`,
    value: 'fact_value',
    sql: up ? 'fact_value, owner' : 'fact_value DESC, owner DESC',
    after: up ? '>' : '<',
    from: `${table.facts?.table} CROSS JOIN ${table.table} ON seq = owner`,
    // No symbol has this number.
    has: { sql: 'fact = ?', values: [symbols.find(field) ?? -1] },
  }
}

function valueOf({ column, symbol, optional }: FieldColumn): string {
  const value = symbol === true ? `(SELECT text FROM symbol WHERE id = ${column})` : column
  return optional === true ? `ifnull(${value}, '')` : value
}

function filtersOf(
  table: TableLayout,
  { where = {} }: AnyQuery,
  symbols: SymbolTable,
): readonly (Condition | undefined)[] {
  return Object.entries(where).flatMap(([name, filter]) => {
    const field = fieldOf(table, name)
    return filter === undefined ? [] : [fieldCondition(field, filter, symbols)]
  })
}

function startOf(table: TableLayout, { cursor }: AnyQuery, { name, value, after }: Order): readonly Condition[] {
  if (cursor === undefined) return []
  const place = unpackCursor(cursor, name)
  if (place === undefined) throw problem(table, 'its cursor is not from a page of the same query')
  if (name === '') return [{ sql: `seq ${after} ?`, values: [place.seq] }]
  return [{ sql: `(${value}, seq) ${after} (?, ?)`, values: [place.value, place.seq] }]
}

function limitOf(table: TableLayout, { limit = DEFAULT_LIMIT }: AnyQuery): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit
  throw problem(table, `its limit is ${limit}, not a positive whole number`)
}

function fieldOf(table: TableLayout, name: string): FieldColumn {
  const { fields } = table
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field !== undefined) return field
  throw problem(table, `there is no indexed field ${name}, only ${Object.keys(fields).join(', ')}`)
}

function problem({ kind }: TableLayout, text: string): Error {
  return cairnError('CAIRN_RECORD_QUERY', { kind, problem: text })
}
