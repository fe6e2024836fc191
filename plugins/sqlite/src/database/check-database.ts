import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { cairnError, type OperationOptions } from '@cairnml/core'

import type { StoreLocation } from '../store-location.ts'
import { databaseError } from './database-error.ts'
import { DEFAULT_BUSY_TIMEOUT_MS } from './database.ts'
import type { DatabaseSchema } from './database-schema.ts'
import { readFileHeader } from './file-header.ts'
import { assertOurs, isCurrent } from './migrate.ts'

/**
 * Whether a database can be read and written and is whole. A file that is not there is not made; a schema of an earlier
 * version is left to the first use. The thread is blocked while SQLite looks at all pages.
 *
 * @throws CAIRN_DATABASE_UNREADABLE, CAIRN_DATABASE_NEWER, CAIRN_DATABASE_BUSY, CAIRN_STORE_UNAVAILABLE
 */
export function checkDatabase(
  { file, busyTimeoutMs: timeout = DEFAULT_BUSY_TIMEOUT_MS }: StoreLocation,
  schema: DatabaseSchema,
  { signal }: OperationOptions = {},
): void {
  signal?.throwIfAborted()
  const guard = (operation: string, work: () => void): void => {
    try {
      work()
    } catch (error) {
      throw databaseError(error, { file, operation, waitedMs: timeout })
    }
  }
  if (!existsSync(file)) {
    guard('make its folder', () => assertWritable(path.dirname(file)))
    return
  }
  guard('open', () => {
    const header = readFileHeader(file)
    if (header.kind === 'fresh') return
    if (header.kind === 'foreign') throw unreadable(file, 'it is not a SQLite database')
    assertOurs(header, file, schema)
  })
  guard('be checked', () => {
    using connection = new DatabaseSync(file, { timeout })
    isCurrent(connection, file, schema)
    connection.exec('BEGIN IMMEDIATE; ROLLBACK')
    // Sound: the statement has this one column.
    const row = connection.prepare('PRAGMA quick_check(1)').get() as { readonly quick_check: string } | undefined
    if (row?.quick_check !== 'ok') throw unreadable(file, `it is damaged: ${row?.quick_check ?? 'no answer'}`)
  })
}

function assertWritable(folder: string): void {
  const parent = path.dirname(folder)
  if (!existsSync(folder) && parent !== folder) return assertWritable(parent)
  accessSync(folder, constants.W_OK | constants.X_OK)
  // A file in the place of a folder can be accessed, too.
  accessSync(path.join(folder, '.'), constants.X_OK)
}

function unreadable(file: string, reason: string): Error {
  return cairnError('CAIRN_DATABASE_UNREADABLE', { file, reason })
}
