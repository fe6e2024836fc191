import { randomBytes } from 'node:crypto'

import type { Database } from '../database/database.ts'

const BYTES = 32
const TABLE = 'CREATE TABLE IF NOT EXISTS secret (only INTEGER PRIMARY KEY CHECK (only = 1), value BLOB NOT NULL)'

/**
 * The secret of a cache index: one row of a table that is made with it. Of several processes that ask first, one makes it
 * and all get that one.
 */
export function secretOf(database: Database): Uint8Array {
  return database.transaction('read its secret', () => {
    database.prepare(TABLE).run()
    database.prepare('INSERT OR IGNORE INTO secret (only, value) VALUES (1, ?)').run(randomBytes(BYTES))
    // Sound: the row is there, and its only column is a blob.
    return database.prepare('SELECT value FROM secret').get()?.['value'] as Uint8Array
  })
}
