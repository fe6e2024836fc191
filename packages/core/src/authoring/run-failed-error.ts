import { CairnError, isCairnError } from '../errors/cairn-error.ts'
import { RUN_ERRORS } from '../errors/run-errors-data.ts'
import type { Run } from './run-types.ts'

/** What `run()` rejects with when a step failed: it carries the run, so that what was done can be looked at. */
export class RunFailedError extends CairnError {
  readonly run: Run

  constructor(run: Run, failures: readonly string[], cause: unknown) {
    const entry = RUN_ERRORS.CAIRN_RUN_FAILED
    super({
      code: 'CAIRN_RUN_FAILED',
      message: entry.message({ run: run.name, failures }),
      hint: entry.hint,
      details: { run: run.name, failures },
      exitCode: entry.exitCode,
      cause,
    })
    this.name = 'RunFailedError'
    this.run = run
  }
}

/** Whether an error is that of a failed run, also one made by another copy of this package. */
export function isRunFailedError(error: unknown): error is RunFailedError {
  return isCairnError(error, 'CAIRN_RUN_FAILED') && 'run' in error
}
