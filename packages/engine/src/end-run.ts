import {
  cairnError,
  CairnError,
  errorRecord,
  RunFailedError,
  type Run,
  type RunRecord,
  type Status,
} from '@cairnml/core'

import { callHook } from './execute/hooks.ts'
import type { RunContext } from './execute/run-context.ts'
import { storeReport } from './record/store-report.ts'
import { finishRun } from './registry/finish-run.ts'
import { errorPlace } from './report/error-place.ts'
import { codeAndText } from './report/run-report.ts'

const WORDS = { failed: 'failed', cancelled: 'cancelled' } as const

/** How the steps of a run ended, together. */
export interface RunEnding {
  readonly cancelled: boolean
  /** What went wrong beside the steps: a store that could not be written. */
  readonly fault?: unknown
  /** When the run began, by the monotonic clock. */
  readonly begun: number
}

/** Records how a run ended and says so. */
export async function endRun(context: RunContext, ending: RunEnding): Promise<RunRecord> {
  const status = statusOf(context, ending)
  const { metadataStore } = context.components
  const error = ending.fault === undefined ? undefined : errorRecord(ending.fault)
  const provenance = await context.provenance.end({ inHurry: ending.cancelled })
  const record = await finishRun(metadataStore, context.run, {
    status,
    outcomes: context.outcomes,
    order: context.live.plan.invocations.map(({ id }) => id),
    error,
    provenance,
  })
  const word = status === 'failed' || status === 'cancelled' ? WORDS[status] : 'finished'
  await keepReport(record, context)
  await hook(context, status)
  context.report.runEnded(record.name, word, performance.now() - ending.begun)
  context.report.flush()
  return record
}

/** A run is not worse for a report that could not be stored: `cairn run sync` does it later. */
async function keepReport(run: RunRecord, context: RunContext): Promise<void> {
  const stepRuns = [...context.recorder.stepRuns].toSorted((a, b) => a.position - b.position)
  try {
    await context.markStore()
    await storeReport({ run, stepRuns, ownKeys: context.acceptedKeys }, context.components)
  } catch (error) {
    context.report.reportNotStored(run.name, errorRecord(error))
  }
}

/** The error of a run whose steps did not all complete: code and text of each. */
export function runFailedError(run: Run, context: RunContext): RunFailedError {
  const failed = context.live.plan.invocations.flatMap(({ id, label }) => {
    const outcome = context.outcomes.get(id)
    if (outcome?.status !== 'failed') return []
    return [{ text: `${label}: ${codeAndText(outcome.error)}${errorPlace(outcome.error)}`, outcome }]
  })
  return new RunFailedError(
    run,
    failed.map(({ text }) => text),
    failed[0]?.outcome.thrown,
  )
}

/** The error of a cancelled run. */
export function runCancelledError(run: RunRecord, exitCode: number): CairnError {
  const { code, message, hint, details } = cairnError('CAIRN_RUN_CANCELLED', { run: run.name })
  return new CairnError({ code, message, hint, details, exitCode })
}

function statusOf(context: RunContext, ending: RunEnding): Status {
  const outcomes = [...context.outcomes.values()]
  // Who cancels when everything has ended is too late.
  if (ending.cancelled && outcomes.some(({ status }) => status === 'cancelled')) return 'cancelled'
  if (ending.fault !== undefined || outcomes.some(({ status }) => status === 'failed')) return 'failed'
  return outcomes.length > 0 && outcomes.every(({ status }) => status === 'cached') ? 'cached' : 'completed'
}

async function hook(context: RunContext, status: Status): Promise<void> {
  const { run, report, live } = context
  const name = status === 'failed' || status === 'cancelled' ? 'onFailure' : 'onSuccess'
  const event = { run: run.name, pipeline: run.pipeline }
  await callHook(live.graph.pipeline.options, { hook: name, of: `pipeline ${run.pipeline}`, event, report })
}
