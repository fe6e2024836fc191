import type { DatabaseSync } from 'node:sqlite'

import { isBusyError } from './database-error.ts'

const PAUSE_MS = 5

/**
 * Turns a database to a write-ahead log. For this SQLite asks for the write lock while it reads already, and refuses at
 * once instead of waiting where another process has it: two that make the same file.
 *
 * @throws the error of SQLite when the file was held for `timeoutMs`
 */
export function useWriteAheadLog(database: DatabaseSync, timeoutMs: number): void {
  const end = performance.now() + timeoutMs
  const pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusyError(error) || performance.now() >= end) throw error
      Atomics.wait(pause, 0, 0, PAUSE_MS)
    }
  }
}
