import { cairnError } from '@cairnml/core'

/** Primary result codes, https://sqlite.org/rescode.html. */
const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const CANTOPEN = 14
const CONSTRAINT = 19
const NOTADB = 26

/** What was being done when a database failed. */
export interface DatabaseFailure {
  readonly file: string
  /** `open`, or a verb phrase for the message: `write records`. */
  readonly operation: string
  readonly waitedMs: number
}

/** The error with a Cairn code for a fault of SQLite or of the file system; any other error as it is. */
export function databaseError(error: unknown, { file, operation, waitedMs }: DatabaseFailure): unknown {
  if (!(error instanceof Error)) return error
  const reason = error.message
  const cause = { cause: error }
  const result = primaryResult(error)
  if (result === undefined) {
    if (!isSystemError(error)) return error
    return operation === 'open'
      ? cairnError('CAIRN_DATABASE_UNREADABLE', { file, reason }, cause)
      : cairnError('CAIRN_STORE_UNAVAILABLE', { store: file, operation, reason }, cause)
  }
  if (isBusyError(error)) return cairnError('CAIRN_DATABASE_BUSY', { file, waitedMs }, cause)
  if (isUnreadable(result, operation)) return cairnError('CAIRN_DATABASE_UNREADABLE', { file, reason }, cause)
  return cairnError('CAIRN_STORE_UNAVAILABLE', { store: file, operation, reason }, cause)
}

/** Whether an error says that another connection holds the file. */
export function isBusyError(error: unknown): boolean {
  const result = error instanceof Error ? primaryResult(error) : undefined
  return result === BUSY || result === LOCKED
}

/** Whether an error says that a row would have broken a UNIQUE constraint or another one. */
export function isConstraintError(error: unknown): error is Error {
  return error instanceof Error && primaryResult(error) === CONSTRAINT
}

function isUnreadable(result: number, operation: string): boolean {
  if (result === NOTADB || result === CORRUPT) return true
  return operation === 'open' && result === CANTOPEN
}

/** The primary result code of an error of SQLite; undefined for any other error. */
export function primaryResult(error: Error): number | undefined {
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'errno' in error
}
