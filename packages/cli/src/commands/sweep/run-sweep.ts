import { isCairnError, isRunFailedError, type FailureMode, type Run } from '@cairnml/core'
import type { RunRequest } from '@cairnml/engine'

import { findLostRun } from '../../output/early-end.ts'
import type { PlannedSweepRun, Sweep } from './sweep.ts'
import { sweptRun, type SweptRun } from './swept-run.ts'

/** How a sweep is run. */
export interface SweepOptions {
  /** How many runs go on at once. */
  readonly parallel: number
  readonly failureMode: FailureMode
  /** Called when a run has ended. */
  readonly onEnd: (run: SweptRun, done: number) => void
}

/** How a sweep ended. */
export interface SweepResult {
  /** In the order of the combinations. */
  readonly runs: readonly SweptRun[]
  /** The exit code of the signal that ended it, if one did. */
  readonly interrupted: number | undefined
}

/**
 * Makes the runs of a sweep in this process: they share its stack, so that what one makes, others reuse, and what two
 * need at once is made once. One Ctrl-C cancels those that go on and starts no more.
 *
 * @throws usage errors of a run, when those that went on have ended
 */
export async function runSweep(sweep: Sweep, { parallel, failureMode, onEnd }: SweepOptions): Promise<SweepResult> {
  const { interruptExitCode, lostRunError, onInterrupt, runPipeline } = await import('@cairnml/engine')
  findLostRun(lostRunError)
  const stop = new AbortController()
  let interrupted: number | undefined
  let fault: { readonly error: unknown } | undefined
  let isEnding = false
  using _interrupts = onInterrupt((signal) => {
    interrupted = interruptExitCode(signal)
    isEnding = true
    stop.abort(new Error(`The sweep was interrupted by ${signal}.`))
  })
  const ended = new Map<PlannedSweepRun, SweptRun>()
  const one = async (planned: PlannedSweepRun): Promise<void> => {
    const run = await outcome(planned, (request) => runPipeline(request), stop.signal)
    if ('fault' in run) {
      fault ??= { error: run.fault }
      isEnding = true
      return
    }
    ended.set(planned, run)
    onEnd(run, ended.size)
    if (run.status !== 'failed' || failureMode === 'continue-on-failure') return
    isEnding = true
    if (failureMode === 'fail-fast') stop.abort(new Error('Another run of the sweep failed.'))
  }
  const left = sweep.runs.values()
  const work = async (): Promise<void> => {
    for (const planned of left) {
      if (isEnding) return
      await one(planned)
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, sweep.runs.length) }, work))
  if (fault !== undefined) throw fault.error
  return { runs: sweep.runs.map((planned) => ended.get(planned) ?? notStarted(planned)), interrupted }
}

/** Runs one of them to its end. A fault is what ends the sweep: a usage error. */
async function outcome(
  { combination, request }: PlannedSweepRun,
  start: (request: RunRequest) => Promise<Run>,
  stop: AbortSignal,
): Promise<SweptRun | { readonly fault: unknown }> {
  const begun = performance.now()
  const { signal } = request.options
  const options = { ...request.options, log: false, signal: signal ? AbortSignal.any([signal, stop]) : stop } as const
  try {
    const run = await start({ ...request, options })
    return sweptRun(combination, run, performance.now() - begun)
  } catch (error) {
    const durationMs = performance.now() - begun
    if (isRunFailedError(error)) return { ...sweptRun(combination, error.run, durationMs), error }
    const isCancelled = isCairnError(error, 'CAIRN_RUN_CANCELLED')
    if (!isCancelled && isCairnError(error) && error.exitCode === 2) return { fault: error }
    const status = isCancelled ? 'cancelled' : 'failed'
    const name = isCancelled ? String(error.details['run']) : undefined
    return { combination, status, name, durationMs, counts: {}, metrics: {}, error }
  }
}

function notStarted({ combination }: PlannedSweepRun): SweptRun {
  return { combination, status: 'stopped', durationMs: 0, counts: {}, metrics: {} }
}
