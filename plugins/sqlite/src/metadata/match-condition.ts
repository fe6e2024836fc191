import { isFactName, type Comparison, type RecordCondition, type RecordKind } from '@cairnml/core'

import type { Condition } from './field-condition.ts'
import { prefixEnd } from './prefix-end.ts'
import type { FactLayout, FieldColumn, TableLayout } from './record-table.ts'
import type { SymbolTable } from './symbol-table.ts'

/** What a condition is about. */
export interface MatchContext {
  readonly table: TableLayout
  readonly symbols: SymbolTable
  /** @throws CAIRN_RECORD_QUERY for a name that is no field */
  readonly fieldOf: (name: string) => FieldColumn
}

interface Compared {
  readonly is: Exclude<Comparison, '!='>
  readonly value: string | number
}

/** In SQLite it comes after all texts. */
const BEHIND_TEXTS = new Uint8Array(0)
const NEVER: Condition = { sql: 'FALSE', values: [] }

/** A condition as SQL. */
export function matchCondition(condition: RecordCondition<RecordKind>, context: MatchContext): Condition {
  if ('all' in condition) return joined(condition.all, 'AND', context)
  if ('any' in condition) return joined(condition.any, 'OR', context)
  const { field, is, value } = condition
  const { table } = context
  const compare = (compared: Compared): Condition =>
    table.facts !== undefined && isFactName(table.kind, field)
      ? factCondition(table.facts, { name: field, ...compared }, context.symbols)
      : columnCondition(context.fieldOf(field), compared)
  if (is !== '!=') return compare({ is, value })
  const equal = compare({ is: '=', value })
  return { sql: `NOT ifnull(${equal.sql}, FALSE)`, values: equal.values }
}

function joined(
  conditions: readonly RecordCondition<RecordKind>[],
  word: 'AND' | 'OR',
  context: MatchContext,
): Condition {
  if (conditions.length === 0) return { sql: word === 'AND' ? 'TRUE' : 'FALSE', values: [] }
  const parts = conditions.map((part) => matchCondition(part, context))
  return { sql: `(${parts.map(({ sql }) => sql).join(` ${word} `)})`, values: parts.flatMap(({ values }) => values) }
}

function columnCondition({ column, type, symbol }: FieldColumn, compared: Compared): Condition {
  if (typeof compared.value !== (type === 'text' ? 'string' : 'number')) return NEVER
  if (symbol !== true) return range(column, compared)
  const { sql, values } = range('text', compared)
  return { sql: `${column} IN (SELECT id FROM symbol WHERE ${sql})`, values }
}

function factCondition(
  { table, named, pack }: FactLayout,
  { name, is, value }: Compared & { readonly name: string },
  symbols: SymbolTable,
): Condition {
  const symbol = named ? symbols.find(name) : 0
  if (symbol === undefined) return NEVER
  const { sql, values } = named ? range('fact_value', { is, value }) : digestRange({ is, value }, pack)
  const isNamed = named ? 'fact = ? AND ' : ''
  const own = named ? [symbol] : []
  return { sql: `seq IN (SELECT owner FROM ${table} WHERE ${isNamed}${sql})`, values: [...own, ...values] }
}

/** In SQLite all numbers come before all texts, the first of which is the empty one. */
function range(column: string, { is, value }: Compared): Condition {
  if (is === '^=') {
    if (typeof value !== 'string') return NEVER
    return { sql: `(${column} >= ? AND ${column} < ?)`, values: [value, prefixEnd(value) ?? BEHIND_TEXTS] }
  }
  const sql = `${column} ${is} ?`
  if (typeof value === 'number' && is.startsWith('>')) return { sql: `(${sql} AND ${column} < '')`, values: [value] }
  if (typeof value === 'string' && is.startsWith('<')) return { sql: `(${column} >= '' AND ${sql})`, values: [value] }
  return { sql, values: [value] }
}

const HEX = /^[0-9a-f]{1,64}$/

/** Digests are stored as bytes, so the start of one is a range of them. */
function digestRange({ is, value }: Compared, pack: FactLayout['pack']): Condition {
  if (typeof value !== 'string') return NEVER
  if (is !== '^=') return { sql: `fact_value ${is} ?`, values: [pack(value)] }
  if (value === '') return { sql: 'TRUE', values: [] }
  if (!HEX.test(value)) return range('fact_value', { is, value })
  const [first, last] = [pack(value.padEnd(64, '0')), pack(value.padEnd(64, 'f'))]
  return { sql: '(fact_value BETWEEN ? AND ?)', values: [first, last] }
}
