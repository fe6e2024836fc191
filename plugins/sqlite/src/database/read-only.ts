import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

import { cairnError } from '@cairnml/core'

import type { DatabaseSchema } from './database-schema.ts'
import { primaryResult } from './database-error.ts'
import { isCurrent } from './migrate.ts'

/** Primary result codes, https://sqlite.org/rescode.html. */
const READONLY = 8
const CANTOPEN = 14

/** How to read a database that this user may not write. */
export interface ReadOnlyOptions {
  /** How long to wait for another process, in milliseconds. */
  readonly timeout: number
  /** What opening it for writing came to. */
  readonly refusal: unknown
}

/** Whether an error says that the file, or the folder that its write-ahead log lies in, may not be written. */
export function isReadOnlyError(error: unknown, file: string): boolean {
  if (!(error instanceof Error)) return false
  const result = primaryResult(error)
  return result === READONLY || (result === CANTOPEN && hasLog(file))
}

/**
 * Opens a database of the current schema without changing it or anything beside it. While another process has it open,
 * its write-ahead log is read, too; without a log the file is all there is, and is read as it stands.
 *
 * @throws the refusal where the schema is an earlier one; CAIRN_STORE_UNAVAILABLE where a killed process left a log
 */
export function connectReadOnly(
  file: string,
  schema: DatabaseSchema,
  { timeout, refusal }: ReadOnlyOptions,
): DatabaseSync {
  const url = pathToFileURL(file)
  // SQLite looks for no log and takes no lock then, both of which would need files beside this one.
  if (!hasLog(file)) url.searchParams.set('immutable', '1')
  const connection = new DatabaseSync(url, { timeout, readOnly: true })
  try {
    if (!isCurrent(connection, file, schema)) throw refusal
    return connection
  } catch (error) {
    connection.close()
    if (error === refusal || !isReadOnlyError(error, file)) throw error
    const reason = 'a process that was killed left a log beside it, which only a user who may write there can take over'
    throw cairnError('CAIRN_STORE_UNAVAILABLE', { store: file, operation: 'open', reason }, { cause: error })
  }
}

function hasLog(file: string): boolean {
  return existsSync(`${file}-wal`)
}
