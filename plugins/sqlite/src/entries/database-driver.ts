import type { SQLInputValue } from 'node:sqlite'

import type { Database } from '../database/database.ts'

/** What @keyv/sqlite asks of a driver. */
export interface DatabaseDriver {
  readonly name: 'custom'
  connect(): Promise<DriverConnection>
}

/** What @keyv/sqlite asks of a connection. */
export interface DriverConnection {
  /** Needs no `this`. */
  readonly query: (sql: string, ...values: unknown[]) => Promise<unknown[]>
  close(): Promise<void>
}

/** A driver that hands @keyv/sqlite a database that is open already, with its prepared statements. */
export function databaseDriver(database: Database): DatabaseDriver {
  const connection: DriverConnection = {
    async query(sql, ...values) {
      // Sound: @keyv/sqlite binds keys, serialized values, namespaces and expiry times: text, numbers and null.
      return database.prepare(sql).all(...(values as SQLInputValue[]))
    },
    async close() {},
  }
  return { name: 'custom', connect: async () => connection }
}
