import type { SQLInputValue } from 'node:sqlite'

import type { FieldFilter } from '@cairnml/core'

import { prefixEnd } from './prefix-end.ts'
import type { FieldColumn } from './record-table.ts'
import type { SymbolTable } from './symbol-table.ts'

/** A condition and its values. */
export interface Condition {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

/** A filter as SQL, or `undefined` where nothing can pass it. Numbers and text are compared as text. */
export function fieldCondition(field: FieldColumn, filter: FieldFilter, symbols: SymbolTable): Condition | undefined {
  if (typeof filter !== 'object') return equal(field, filter, symbols)
  const conditions = 'prefix' in filter ? prefixed(field, filter.prefix) : between(field, filter)
  const sql = conditions.map((condition) => condition.sql).join(' AND ') || 'TRUE'
  const values = conditions.flatMap((condition) => condition.values)
  if (field.symbol !== true || values.length === 0) return { sql, values }
  return { sql: `${field.column} IN (SELECT id FROM symbol WHERE ${sql})`, values }
}

function equal(field: FieldColumn, value: string | number, symbols: SymbolTable): Condition | undefined {
  if (typeof value !== (field.type === 'text' ? 'string' : 'number')) return undefined
  const stored = field.symbol === true ? symbols.find(String(value)) : value
  return stored === undefined ? undefined : { sql: `${field.column} = ?`, values: [stored] }
}

function prefixed(field: FieldColumn, prefix: string): readonly Condition[] {
  const end = prefixEnd(prefix)
  return [compared(field, '>=', prefix), ...(end === undefined ? [] : [compared(field, '<', end)])]
}

type Bounds = Exclude<FieldFilter, string | number | { readonly prefix: string }>

function between(field: FieldColumn, { from, to }: Bounds): readonly Condition[] {
  return [
    ...(from === undefined ? [] : [compared(field, '>=', from)]),
    ...(to === undefined ? [] : [compared(field, '<=', to)]),
  ]
}

function compared({ column, type, symbol }: FieldColumn, operator: string, value: string | number): Condition {
  if (type === 'text') return { sql: `${symbol === true ? 'text' : column} ${operator} ?`, values: [String(value)] }
  if (typeof value === 'number') return { sql: `${column} ${operator} ?`, values: [value] }
  return { sql: `CAST(${column} AS TEXT) ${operator} ?`, values: [value] }
}
