import { cairnError, isCairnError } from '@cairnml/core'

import { BodyFailure } from './body-failure.ts'

/** The code of an error of the operating system, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Whether an error says that a path leads nowhere. */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error)
  // A path below a file, or with a part that is too long, cannot be there either.
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG'
}

/** What is to be thrown for what went wrong: an error of the port's contract where the file system failed. */
export function storeFault(store: string, operation: string, error: unknown): unknown {
  if (error instanceof BodyFailure) return error.reason
  const code = errorCode(error)
  if (code === undefined || !(error instanceof Error) || isCairnError(error)) return error
  return cairnError('CAIRN_STORE_UNAVAILABLE', { store, operation, reason: error.message }, { cause: error })
}
