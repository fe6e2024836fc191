import type { DatabaseSync } from 'node:sqlite'

import { cairnError, type CairnError } from '@cairnml/core'

import type { DatabaseSchema } from './database-schema.ts'

/** What a database says about itself. */
export interface DatabaseIdentity {
  readonly version: number
  readonly applicationId: number
}

/** One statement, so that all three come from one moment. */
const IDENTITY = `
  SELECT (SELECT count(*) FROM sqlite_schema) AS tables, user_version AS version, application_id AS applicationId
  FROM pragma_user_version, pragma_application_id`

/**
 * Refuses a database of another program or purpose, or of a newer version.
 *
 * @throws CAIRN_DATABASE_UNREADABLE, CAIRN_DATABASE_NEWER
 */
export function assertOurs({ version, applicationId }: DatabaseIdentity, file: string, schema: DatabaseSchema): void {
  if (applicationId !== 0 && applicationId !== schema.applicationId) throw foreign(file)
  const known = schema.migrations.length
  if (version > known) throw cairnError('CAIRN_DATABASE_NEWER', { file, found: version, known })
}

/**
 * Whether a database has all migrations.
 *
 * @throws CAIRN_DATABASE_UNREADABLE, CAIRN_DATABASE_NEWER
 */
export function isCurrent(database: DatabaseSync, file: string, schema: DatabaseSchema): boolean {
  const identity = identityOf(database)
  assertOurs(identity, file, schema)
  if (identity.applicationId === 0 && identity.tables > 0) throw foreign(file)
  return identity.version === schema.migrations.length
}

/** Applies the missing migrations, all or none; another process may have been faster. */
export function migrate(database: DatabaseSync, file: string, schema: DatabaseSchema): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    if (!isCurrent(database, file, schema)) {
      const { version } = identityOf(database)
      for (const sql of schema.migrations.slice(version)) database.exec(sql)
      database.exec(
        `PRAGMA application_id = ${schema.applicationId}; PRAGMA user_version = ${schema.migrations.length}`,
      )
    }
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function identityOf(database: DatabaseSync): DatabaseIdentity & { readonly tables: number } {
  // Sound: the statement has exactly these three columns, all of them integers.
  return database.prepare(IDENTITY).get() as unknown as DatabaseIdentity & { readonly tables: number }
}

function foreign(file: string): CairnError {
  return cairnError('CAIRN_DATABASE_UNREADABLE', { file, reason: 'it belongs to another program or purpose' })
}
