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
      hint: [...hintsOf(cause), entry.hint].join('\n'),
      details: { run: run.name, failures },
      exitCode: entry.exitCode,
      cause,
    })
    this.name = 'RunFailedError'
    this.run = run
  }
}

/** What to do about the first failure: Cairn's own faults say it, as errors and as records of them. */
function hintsOf(cause: unknown): readonly string[] {
  if (typeof cause !== 'object' || cause === null || !('code' in cause) || !('hint' in cause)) return []
  const { code, hint } = cause
  return String(code).startsWith('CAIRN_') && typeof hint === 'string' ? [hint] : []
}

/** Whether an error is that of a failed run, also one made by another copy of this package. */
export function isRunFailedError(error: unknown): error is RunFailedError {
  return isCairnError(error, 'CAIRN_RUN_FAILED') && 'run' in error
}
