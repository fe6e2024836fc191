import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** A bounded number of prepared statements by their SQL; the oldest one makes room. */
export class StatementCache {
  readonly #database: DatabaseSync
  readonly #limit: number
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync, limit: number) {
    this.#database = database
    this.#limit = limit
  }

  get(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    if (this.#statements.size >= this.#limit) this.#statements.delete(this.#statements.keys().next().value ?? '')
    this.#statements.set(sql, statement)
    return statement
  }
}
