import { recordFacts, type RecordBase } from '@cairnml/core'

import type { Database } from '../database/database.ts'
import { isRecord, type Row, type TableLayout } from './record-table.ts'
import type { SymbolTable } from './symbol-table.ts'

/** Keeps the facts of records beside them; within a transaction. */
export class FactWriter {
  readonly #database: Database
  readonly #symbols: SymbolTable

  constructor(database: Database, symbols: SymbolTable) {
    this.#database = database
    this.#symbols = symbols
  }

  /** Adds the facts of a record that has just been inserted as the row `seq`. */
  insert({ kind, facts: layout }: TableLayout, record: RecordBase, seq: number | bigint): void {
    if (layout === undefined) return
    const { table, named, pack } = layout
    for (const { name, value } of recordFacts(kind, record)) {
      if (named) this.#run(`INSERT INTO ${table} VALUES (?, ?, ?)`, [seq, this.#symbols.intern(name), pack(value)])
      else this.#run(`INSERT INTO ${table} VALUES (?, ?)`, [seq, pack(value)])
    }
  }

  /** Replaces the facts of a record that is there. */
  update(table: TableLayout, record: RecordBase, id: Row): void {
    if (table.facts === undefined) return
    const seq = this.#seqOf(table, id)
    if (seq === undefined) return
    this.#run(`DELETE FROM ${table.facts.table} WHERE owner = ?`, [seq])
    this.insert(table, record, seq)
  }

  /** Removes the facts of a record that is about to be removed. */
  delete(table: TableLayout, id: Row): void {
    if (table.facts === undefined) return
    const seq = this.#seqOf(table, id)
    if (seq !== undefined) this.#run(`DELETE FROM ${table.facts.table} WHERE owner = ?`, [seq])
  }

  #seqOf(table: TableLayout, id: Row): number | undefined {
    const row = this.#database.prepare(`SELECT seq AS own_seq FROM ${table.table} WHERE ${isRecord(table)}`).get(...id)
    return row === undefined ? undefined : Number(row['own_seq'])
  }

  #run(sql: string, values: Row): void {
    this.#database.prepare(sql).run(...values)
  }
}
