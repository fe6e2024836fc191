import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

import type { Beater, HeldLease, Json } from '@cairnml/core'

import { BEAT_SQL } from './beat-sql.ts'

/** Which database a beater renews leases in. */
export interface LeaseBeaterData {
  /** Absolute. */
  readonly file: string
  /** How long to wait for another connection that writes, in milliseconds. */
  readonly busyTimeoutMs: number
}

/**
 * Makes what renews leases from another thread, over a connection of its own. It is opened at the first beat: most
 * leases do not last that long. This module imports nothing but what Node has, since a thread loads it while steps run.
 *
 * @param data what the cache index said in its reference
 */
export function createBeater(data: Json): Beater {
  // Sound: it is made by `beaterReference` and has gone through a structured clone at most.
  const { file, busyTimeoutMs } = data as unknown as LeaseBeaterData
  let connection: DatabaseSync | undefined
  return {
    beat(held) {
      connection ??= connect(file, busyTimeoutMs)
      renewAll(connection, held)
    },
  }
}

/** Never makes a file: an index that was removed has no leases. */
function connect(file: string, timeout: number): DatabaseSync {
  const url = pathToFileURL(file)
  url.searchParams.set('mode', 'rw')
  return new DatabaseSync(url, { timeout })
}

function renewAll(connection: DatabaseSync, held: readonly HeldLease[]): void {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const renew = connection.prepare(BEAT_SQL)
    for (const { key, fence } of held) renew.run(key, fence)
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}
