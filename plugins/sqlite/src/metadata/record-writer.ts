import { cairnError, type RecordBase, type RecordChange, type RecordKind } from '@cairnml/core'

import { isConstraintError } from '../database/database-error.ts'
import type { Database } from '../database/database.ts'
import type { FactWriter } from './fact-writer.ts'
import { isRecord, type RecordTable, type RecordTables, type Row } from './record-table.ts'

type AnyTable = RecordTable<RecordKind>

/** Applies single changes; within a transaction. */
export class RecordWriter {
  readonly #database: Database
  readonly #tables: RecordTables
  readonly #facts: FactWriter

  constructor(database: Database, tables: RecordTables, facts: FactWriter) {
    this.#database = database
    this.#tables = tables
    this.#facts = facts
  }

  /** @throws CAIRN_RECORD_CONFLICT */
  apply(change: RecordChange): void {
    // Sound: the table is that of the change's own kind, whose records it takes; the union hides it.
    const table = this.#tables[change.kind] as unknown as AnyTable
    if (change.op === 'delete') return this.#delete(table, change.id)
    const { record } = change
    try {
      if (change.op === 'insert') this.#insert(table, record, table.encode(record))
      else this.#update(table, record, table.encode(record))
    } catch (error) {
      if (!isConstraintError(error)) throw error
      throw conflict(table, record.id, error)
    }
  }

  #insert(table: AnyTable, record: RecordBase, row: Row): void {
    const { id } = record
    if (table.idColumns > 1 && this.#isReadAsAnother(table, id, row)) throw conflict(table, id, 'it exists already')
    const { lastInsertRowid } = this.#database.prepare((INSERTS[table.kind] ??= insertSql(table))).run(...row)
    this.#facts.insert(table, record, lastInsertRowid)
  }

  #update(table: AnyTable, record: RecordBase, row: Row): void {
    const { idColumns } = table
    const { id, revision } = record
    const statement = this.#database.prepare((UPDATES[table.kind] ??= updateSql(table)))
    const { changes } = statement.run(...row.slice(idColumns), ...row.slice(0, idColumns), revision - 1)
    if (changes === 0) throw conflict(table, id, this.#staleReason(table, id, revision))
    this.#facts.update(table, record, row.slice(0, idColumns))
  }

  #delete(table: AnyTable, id: string): void {
    const statement = this.#database.prepare(`DELETE FROM ${table.table} WHERE ${isRecord(table)}`)
    for (const row of table.locate(id)) {
      this.#facts.delete(table, row)
      statement.run(...row)
    }
  }

  #isReadAsAnother(table: AnyTable, id: string, own: Row): boolean {
    if (id.indexOf('.') === id.lastIndexOf('.')) return false
    return table
      .locate(id)
      .some((row) => row.some((value, at) => value !== own[at]) && this.#revision(table, row) !== undefined)
  }

  #staleReason(table: AnyTable, id: string, revision: number): string {
    const found = table.locate(id).map((row) => this.#revision(table, row))[0]
    if (found === undefined) return 'it does not exist'
    return `revision ${revision} follows ${revision - 1}, but ${found} is stored`
  }

  #revision(table: AnyTable, row: Row): number | undefined {
    const found = this.#database.prepare(`SELECT revision FROM ${table.table} WHERE ${isRecord(table)}`).get(...row)
    return found === undefined ? undefined : Number(found.revision)
  }
}

const INSERTS: { [kind in RecordKind]?: string } = {}
const UPDATES: { [kind in RecordKind]?: string } = {}

function insertSql({ table, columns }: AnyTable): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
}

/** Leaves the columns of the id alone: naming them would rewrite their index entries. */
function updateSql(table: AnyTable): string {
  const set = table.columns.slice(table.idColumns).map((column) => `${column} = ?`)
  return `UPDATE ${table.table} SET ${set.join(', ')} WHERE ${isRecord(table)} AND revision = ?`
}

function takenReason(error: Error): string {
  const columns = /^UNIQUE constraint failed: (.+)$/.exec(error.message)?.[1]?.split(', ')
  if (columns === undefined) return error.message
  const names = columns.map((column) => column.slice(column.indexOf('.') + 1).replaceAll(/_(.)/g, upper))
  const isId = names.join() === 'id' || names.join() === 'run,invocation'
  return isId ? 'it exists already' : `another record has the same ${names.join(' and ')}`
}

function upper(_: string, letter: string): string {
  return letter.toUpperCase()
}

function conflict({ kind }: AnyTable, id: string, why: string | Error): Error {
  if (typeof why === 'string') return cairnError('CAIRN_RECORD_CONFLICT', { kind, id, reason: why })
  return cairnError('CAIRN_RECORD_CONFLICT', { kind, id, reason: takenReason(why) }, { cause: why })
}
