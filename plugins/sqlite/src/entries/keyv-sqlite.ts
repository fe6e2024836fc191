import type { CacheEntry } from '@cairnml/core'
import { KeyvSqlite } from '@keyv/sqlite'
import { Keyv } from 'keyv'

import type { Database } from '../database/database.ts'
import { databaseDriver } from './database-driver.ts'
import { ENTRY_SERIALIZATION } from './entry-serialization.ts'
import type { EntryStore } from './entry-store.ts'

/** Name of the table, which the schema of the cache index makes in the form that @keyv/sqlite expects. */
const TABLE = 'entry'

/**
 * The entries of a cache index as a Keyv store on an open database.
 *
 * This module is the only one that imports @keyv/sqlite. The build bundles it without the native driver that package
 * depends on; see `rolldown.config.ts`.
 */
export async function openEntryStore(database: Database): Promise<EntryStore> {
  const driver = databaseDriver(database)
  const store = new KeyvSqlite({ uri: `sqlite://${database.file}`, table: TABLE, driver })
  await store.ready
  // Its own waits for the connection again at every query.
  store.query = (await driver.connect()).query
  const keyv = new Keyv<readonly CacheEntry[]>({ store, serialization: ENTRY_SERIALIZATION, checkExpired: false })
  // Keyv turns every failure into an event and an empty answer. A listener that throws turns it into a rejection of
  // the call that failed.
  keyv.on('error', (error: unknown) => {
    throw error
  })
  return {
    // What Keyv adds to reading one key is hooks and counts, and every step of every run reads one.
    async get(key) {
      const stored = await store.get(key)
      return typeof stored === 'string' ? ENTRY_SERIALIZATION.parse<StoredEntries>(stored).value : undefined
    },
    getMany: (keys) => keyv.getMany(keys),
    set: (key, entries) => keyv.set(key, entries),
    delete: (key) => keyv.delete(key),
  }
}

/** A list of entries as Keyv wraps it. */
interface StoredEntries {
  readonly value: readonly CacheEntry[]
}
