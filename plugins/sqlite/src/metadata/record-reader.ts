import type { Database } from '../database/database.ts'
import { packCursor } from './query-cursor.ts'
import { planQuery, type AnyQuery } from './record-query.ts'
import { isRecord, type Row, type TableLayout } from './record-table.ts'
import type { SymbolTable } from './symbol-table.ts'

/** Rows of an answer, and where the next page starts. */
export interface RowPage {
  readonly rows: readonly Row[]
  readonly cursor: string | undefined
}

/** Finds rows of records. */
export class RecordReader {
  readonly #database: Database
  readonly #symbols: SymbolTable

  constructor(database: Database, symbols: SymbolTable) {
    this.#database = database
    this.#symbols = symbols
  }

  /** The row whose id columns have one of the given values. */
  find(table: TableLayout, ids: readonly Row[]): Row | undefined {
    for (const id of ids) {
      const [row] = this.#rows(`SELECT ${table.columns.join(', ')} FROM ${table.table} WHERE ${isRecord(table)}`, id)
      if (row !== undefined) return row
    }
    return undefined
  }

  /** @throws CAIRN_RECORD_QUERY */
  page(table: TableLayout, query: AnyQuery): RowPage {
    const plan = planQuery(table, query, this.#symbols)
    if (plan === undefined) return { rows: [], cursor: undefined }
    const found = this.#rows(plan.sql, plan.values)
    const places = found.slice(0, plan.limit)
    const last = found.length > plan.limit ? places.at(-1) : undefined
    return { rows: places.map((row) => row.slice(2)), cursor: last && cursorOf(last, plan.order) }
  }

  #rows(sql: string, values: Row): readonly Row[] {
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    // Sound: after `setReturnArrays` a row is the array of its columns' values.
    return statement.all(...values) as unknown as readonly Row[]
  }
}

function cursorOf([seq, value]: Row, order: string): string {
  return packCursor({ order, value: typeof value === 'string' ? value : Number(value), seq: Number(seq) })
}
