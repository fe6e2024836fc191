import { DatabaseSync, type StatementSync } from 'node:sqlite'

const GROUP = 256

/** One table with one index, written as directly as SQLite can be from here. */
export class FloorDatabase implements Disposable {
  readonly #connection: DatabaseSync
  readonly #insert: StatementSync
  #rows = 0

  constructor(file: string) {
    this.#connection = new DatabaseSync(file)
    this.#connection.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      CREATE TABLE row (seq INTEGER PRIMARY KEY, run INTEGER, name TEXT, status TEXT, started INTEGER, key BLOB);
      CREATE UNIQUE INDEX row_by_run ON row (run, name)`,
    )
    this.#insert = this.#connection.prepare('INSERT INTO row (run, name, status, started, key) VALUES (?, ?, ?, ?, ?)')
  }

  /** Inserts a row in a transaction that is still open or begins with it; every 256th row commits. */
  insertGrouped(key: Uint8Array): void {
    if (this.#rows % GROUP === 0) this.#connection.exec('BEGIN IMMEDIATE')
    this.#insertRow(key)
    if (this.#rows % GROUP === 0) this.#connection.exec('COMMIT')
  }

  /** Commits what is left of the last group. */
  endGroup(): void {
    if (this.#connection.isTransaction) this.#connection.exec('COMMIT')
    this.#rows = Math.ceil(this.#rows / GROUP) * GROUP
  }

  /** Inserts a row in a transaction of its own. */
  insertAlone(key: Uint8Array): void {
    this.#connection.exec('BEGIN IMMEDIATE')
    this.#insertRow(key)
    this.#connection.exec('COMMIT')
  }

  #insertRow(key: Uint8Array): void {
    this.#rows += 1
    this.#insert.run(1, `invocation_${this.#rows}`, 'cached', Date.now(), key)
  }

  [Symbol.dispose](): void {
    this.#connection.close()
  }
}
