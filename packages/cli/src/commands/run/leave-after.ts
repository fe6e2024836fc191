import { isCairnError, isRunFailedError } from '@cairnml/core'

import { leave } from '../../output/early-end.ts'

/**
 * The exit code of a command that an error ended. The process is ended at once where something in it may go on for ever.
 *
 * @param isAbandoned whether the rest of the file is left undone
 */
export function leaveAfter(error: unknown, isAbandoned: boolean): number {
  // A step that ignores its signal would keep the process alive.
  const leaves = isAbandoned || isCairnError(error, 'CAIRN_RUN_CANCELLED') || wasUncaught(error)
  return leaveIf(leaves, isCairnError(error) ? error.exitCode : 2)
}

/** The exit code; where something may wait for ever, the process is ended with it. */
export function leaveIf(isAbandoned: boolean, code: number): number {
  if (isAbandoned) leave(code)
  return code
}

/** Whether a step, or the program, has threads of work that nobody controls: they may throw again. */
export function wasUncaught(error: unknown): boolean {
  const isDirect = isCairnError(error, 'CAIRN_ERROR_UNCAUGHT')
  return isDirect || (isRunFailedError(error) && isCairnError(error.cause, 'CAIRN_ERROR_UNCAUGHT'))
}
