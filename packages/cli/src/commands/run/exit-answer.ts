import { isCairnError, isRunFailedError, type Run } from '@cairnml/core'

import { printErrorJson } from '../../output/print-error.ts'
import { printRun } from './print-run.ts'
import type { Outcome } from './run-session.ts'

/** How the file ended the process. */
export interface ExitCall {
  /** Of `process.exit()`. */
  readonly code: number
  readonly json: boolean
}

/**
 * What `cairn run` answers where the file calls `process.exit()` when its run has ended: nothing else was left to do.
 *
 * @returns the exit code, which is that of the call unless it would hide a failure; `undefined` while the run goes on
 */
export function answerOf(outcome: Outcome<Run | undefined> | undefined, { code, json }: ExitCall): number | undefined {
  if (outcome === undefined) return undefined
  if (json) printOutcome(outcome)
  return code === 0 ? codeOf(outcome) : code
}

function printOutcome(outcome: Outcome<Run | undefined>): void {
  if ('value' in outcome) return outcome.value === undefined ? undefined : printRun(outcome.value)
  if (isRunFailedError(outcome.error)) printRun(outcome.error.run)
  else printErrorJson(outcome.error)
}

function codeOf(outcome: Outcome<Run | undefined>): number {
  if ('value' in outcome) return outcome.value?.status === 'failed' ? 1 : 0
  return isCairnError(outcome.error) ? outcome.error.exitCode : 2
}
