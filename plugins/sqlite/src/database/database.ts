import path from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

import { cairnError, makeLocalFolder } from '@cairnml/core'

import { databaseError } from './database-error.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { readFileHeader } from './file-header.ts'
import { assertOurs, isCurrent, migrate } from './migrate.ts'
import { connectReadOnly, isReadOnlyError } from './read-only.ts'
import { StatementCache } from './statement-cache.ts'
import { useWriteAheadLog } from './write-ahead.ts'

/** Which database to open. */
export interface DatabaseOptions {
  /** Absolute. */
  readonly file: string
  /** The project's folder for local state; it gets a `.gitignore` if opening the database makes it. */
  readonly cairnDir: string
  readonly schema: DatabaseSchema
  /** How long to wait for another process. @default 5000 */
  readonly busyTimeoutMs?: number | undefined
}

/** How long a connection waits for another process that writes, in milliseconds, unless it is told otherwise. */
export const DEFAULT_BUSY_TIMEOUT_MS = 5000

const STATEMENTS = 64
/** Pages that SQLite keeps in memory, in KiB. */
const CACHE_KIB = 8192

/** One connection to one SQLite file. Everything on it is synchronous; a locked file blocks for the busy timeout. */
export class Database {
  readonly file: string
  readonly #waitedMs: number
  readonly #connection: DatabaseSync
  readonly #statements: StatementCache

  /**
   * Opens a file, making it and its folder where they are missing, and brings its schema up to date. One that this user
   * may only read can be read, unless its schema is that of an earlier version.
   *
   * @throws CAIRN_DATABASE_UNREADABLE, CAIRN_DATABASE_NEWER, CAIRN_DATABASE_BUSY, CAIRN_STORE_UNAVAILABLE
   */
  constructor({ file, cairnDir, schema, busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS }: DatabaseOptions) {
    this.file = file
    this.#waitedMs = busyTimeoutMs
    this.guard('make its folder', () => makeLocalFolder(path.dirname(file), cairnDir))
    this.#connection = this.guard('open', () => connect(file, schema, busyTimeoutMs))
    this.#statements = new StatementCache(this.#connection, STATEMENTS)
  }

  /** The statement of this SQL, prepared at most once while it is in use. */
  prepare(sql: string): StatementSync {
    return this.#statements.get(sql)
  }

  /** Runs synchronous work in a transaction that has the write lock from the start. */
  transaction<T>(operation: string, work: () => T): T {
    return this.guard(operation, () => {
      this.begin()
      try {
        const result = work()
        this.commit()
        return result
      } catch (error) {
        this.rollback()
        throw error
      }
    })
  }

  begin(): void {
    this.prepare('BEGIN IMMEDIATE').run()
  }

  commit(): void {
    this.prepare('COMMIT').run()
  }

  /** Ends a transaction without its changes; without one it does nothing. */
  rollback(): void {
    if (this.#connection.isTransaction) this.prepare('ROLLBACK').run()
  }

  /** Gives faults of SQLite and of the file system their Cairn codes. */
  guard<T>(operation: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw this.explain(error, operation)
    }
  }

  /** The error with its Cairn code, where it is a fault of SQLite or of the file system. */
  explain(error: unknown, operation: string): unknown {
    return databaseError(error, { file: this.file, operation, waitedMs: this.#waitedMs })
  }

  close(): void {
    if (this.#connection.isOpen) this.#connection.close()
  }
}

function connect(file: string, schema: DatabaseSchema, timeout: number): DatabaseSync {
  assertUsable(file, schema)
  const connection = new DatabaseSync(file, { timeout })
  try {
    const current = isCurrent(connection, file, schema)
    useWriteAheadLog(connection, timeout)
    connection.exec(`PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY`)
    if (!current) migrate(connection, file, schema)
    return connection
  } catch (error) {
    connection.close()
    if (isReadOnlyError(error, file)) return connectReadOnly(file, schema, { timeout, refusal: error })
    throw error
  }
}

/** Refuses a file by its bytes alone: even a look by SQLite can change the files beside it. */
function assertUsable(file: string, schema: DatabaseSchema): void {
  const header = readFileHeader(file)
  if (header.kind === 'foreign') {
    throw cairnError('CAIRN_DATABASE_UNREADABLE', { file, reason: 'it is not a SQLite database' })
  }
  if (header.kind === 'database') assertOurs(header, file, schema)
}
