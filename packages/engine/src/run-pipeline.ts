import type { ProgressMode, Run, RunOptions } from '@cairnml/core'
import { closeLogs } from '@cairnml/worker'

import { beginRun } from './begin-run.ts'
import { endRun, runCancelledError, runFailedError } from './end-run.ts'
import { callHook } from './execute/hooks.ts'
import type { RunContext } from './execute/run-context.ts'
import { runStep } from './execute/run-step.ts'
import { isLive } from './live/live-mode.ts'
import type { PlannedInvocation } from './plan/plan.ts'
import { prepareRun, type RunRequest } from './prepare-run.ts'
import { Cancellation } from './process/cancellation.ts'
import { onEarlyExit } from './process/exit-watch.ts'
import { UncaughtWatch } from './process/uncaught-watch.ts'
import { functionSink, SILENT_SINK, StreamSink, type LineSink } from './report/line-sink.ts'
import { RunReport } from './report/run-report.ts'
import type { StepView } from './report/step-view.ts'
import { runResult } from './result/run-result.ts'
import { schedule, type Slot } from './schedule/schedule.ts'

/**
 * Runs a pipeline and resolves when it has ended.
 *
 * @throws RunFailedError if a step failed and `reject` is not false; CAIRN_RUN_CANCELLED; usage errors before anything
 * is recorded
 */
export async function runPipeline(request: RunRequest): Promise<Run> {
  const { options } = request
  const prepared = await prepareRun(request)
  using output = await outputOf(options, prepared.settings.progress)
  const context = await beginRun(prepared, new RunReport(output.sink))
  const begun = performance.now()
  using _exit = onEarlyExit(context.run.name)
  using cancellation = new Cancellation(context.stop, options.signal)
  using uncaught = new UncaughtWatch(context)
  const fault = (await runSteps(context)) ?? uncaught.fault
  const record = await endRun(context, { cancelled: cancellation.isCancelled, fault: fault?.error, begun })
  const late = fault ?? context.report.fault
  if (late !== undefined) throw late.error
  if (record.status === 'cancelled') throw runCancelledError(record, cancellation.exitCode)
  const run = runResult(record, context)
  if (record.status === 'failed' && options.reject !== false) throw runFailedError(run, context)
  return run
}

/** Takes every step to its end. What is returned went wrong beside them. */
async function runSteps(context: RunContext): Promise<{ readonly error: unknown } | undefined> {
  const { live, components, report, run } = context
  const event = { run: run.name, pipeline: run.pipeline }
  await callHook(live.graph.pipeline.options, { hook: 'onStart', of: `pipeline ${run.pipeline}`, event, report })
  let fault: { readonly error: unknown } | undefined
  const work = (invocation: PlannedInvocation, slot: Slot): Promise<void> =>
    runStep(invocation, context, slot).catch((error: unknown) => {
      fault ??= { error }
      context.stop.abort(error)
    })
  await schedule(live.plan.invocations, { concurrency: components.orchestrator.concurrency, work })
  await closeLogs(run.id)
  await context.recorder.flush().catch((error: unknown) => {
    fault ??= { error }
  })
  return fault ?? report.fault
}

let standardOutput: LineSink | undefined

interface RunOutput extends Disposable {
  readonly sink: LineSink | StepView
}

/** What shows the run; a terminal is left clean when it is disposed. */
async function outputOf({ log }: RunOptions, progress: ProgressMode): Promise<RunOutput> {
  if (log === undefined && (await isLive(progress, process.env))) {
    const { LiveRun } = await import('./live/live-view.ts')
    const sink = new LiveRun()
    return { sink, [Symbol.dispose]: () => sink[Symbol.dispose]() }
  }
  return { sink: sinkOf(log), [Symbol.dispose]: () => undefined }
}

function sinkOf(log: RunOptions['log']): LineSink {
  if (log === false) return SILENT_SINK
  if (log !== undefined) return functionSink(log)
  standardOutput ??= new StreamSink(1)
  return standardOutput
}
