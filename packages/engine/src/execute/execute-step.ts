import { DEFAULT_ZONE, type ResultManifest, type StepInvocation, type StepRunRecord } from '@cairnml/core'
import { runInvocation } from '@cairnml/worker'

import type { ResolvedInvocation, StepKey } from '../cache/describe-step.ts'
import type { UnusableEntry } from '../cache/look-up.ts'
import { confirmationOf, sayNotices } from '../declared/around-execution.ts'
import { explainCutOff, explainStep, type Explained } from '../explain/explain-step.ts'
import type { Claim } from '../lease/claim-key.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { recordedOptions } from '../plan/planned-options.ts'
import { uncacheableText } from '../report/run-report.ts'
import { runAttempts, type AttemptsResult } from './attempts.ts'
import type { Slot } from '../schedule/schedule.ts'
import { callStepHook } from './hooks.ts'
import { keepResult } from './keep-result.ts'
import type { RunContext } from './run-context.ts'
import type { StepOutcome } from './step-outcome.ts'
import { stepRunBase } from './step-run-records.ts'

/** What is known of a step by the time it has to execute. */
export interface ExecutionRequest {
  readonly key: StepKey | undefined
  /** Newest cache entry that was known. */
  readonly newest: string | undefined
  /** What was found under the key, where nothing of it could be used. */
  readonly unusable?: UnusableEntry | undefined
  /** Released as soon as others can find the result, or there is none. */
  readonly claim?: Claim | undefined
  readonly slot: Slot
  readonly startedAt: number
  /** By the monotonic clock, milliseconds. */
  readonly begun: number
}

/** Executes a step through the orchestrator, keeps its result, and records how it went. */
export async function executeStep(
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  context: RunContext,
): Promise<StepOutcome> {
  const { invocation } = resolved
  const executing = { invocation, key: request.key, unusable: request.unusable }
  const explained = await explainStep(executing, context)
  await sayNotices(invocation, request.key, context)
  const begun = beginRecord(resolved, { ...request, explained }, context)
  context.recorder.insert(begun)
  context.begunSteps.set(begun.id, begun)
  await context.prepare()
  await callStepHook('onStart', invocation, { context })
  // The step may keep this thread busy for long: what is known so far has to be visible before.
  context.report.flush()
  await context.recorder.flush()
  const result = await attemptAndKeep(resolved, request, context)
  if (result.status === 'cancelled') {
    context.recorder.update({ ...begun, ...ended(result), revision: 2, status: 'cancelled' })
    return { status: 'cancelled' }
  }
  if (result.status === 'failed') {
    const { error, thrown } = result
    context.report.stepFailed(invocation.label, performance.now() - request.begun, error)
    context.recorder.update({ ...begun, ...ended(result), revision: 2, status: 'failed', error })
    await callStepHook('onFailure', invocation, { context, error: thrown })
    return { status: 'failed', error, thrown }
  }
  const kept = result.manifest
  if (kept.notKept !== undefined) context.report.stepNotKept(invocation.label, kept.notKept)
  const fields = resultFields(kept, invocation.step)
  context.recorder.update({ ...begun, ...ended(result), ...fields, revision: 2, status: 'completed' })
  context.report.stepFinished(invocation.label, performance.now() - request.begun)
  await explainCutOff(executing, { explained, outputs: kept.outputs }, context)
  await callStepHook('onSuccess', invocation, { context })
  return { status: 'completed', outputs: kept.outputs, metrics: kept.metrics }
}

/** Others wait until the result is known, or there is none; not for hooks and records. */
async function attemptAndKeep(
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  context: RunContext,
): Promise<AttemptsResult> {
  const { key, newest, claim } = request
  const result = await attempt(resolved, request, context)
  const isDone = result.status === 'completed'
  const { invocation } = resolved
  const kept = isDone ? { manifest: await keepResult(result.manifest, { key, newest, invocation }, context) } : {}
  await claim?.release()
  return { ...result, ...kept }
}

async function attempt(
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  context: RunContext,
): Promise<AttemptsResult> {
  const { invocation } = resolved
  const { orchestrator, artifactStore, outside: around } = context.components
  const step = context.live.nodes.get(invocation.id)?.step
  if (step === undefined) throw new Error(`The plan names ${invocation.id}, which the graph does not have.`)
  return runAttempts({
    options: invocation.options,
    label: invocation.label,
    run: context.run.id,
    signal: context.stop.signal,
    admit: () => roomFor(invocation, request.slot, context),
    onRetry: (retry) => context.report.stepRetried(invocation.label, retry),
    execute: (number, signal) => {
      const order = stepInvocation(resolved, request, { context, attempt: number })
      const emit = context.report.stepEvent.bind(context.report, invocation.label)
      const confirm = confirmationOf(resolved, request.key, context)
      const onPrinted = context.report.printer(invocation.label)
      const outside = around.references(signal)
      const runHere = (): Promise<ResultManifest> =>
        runInvocation(order, { store: artifactStore, step, signal, emit, confirm, onPrinted, outside })
      return orchestrator.execute(order, { signal, runHere })
    },
  })
}

/** Waits until the limits of the project leave room, and lets other steps work meanwhile. */
async function roomFor(
  { options: { resources } }: PlannedInvocation,
  slot: Slot,
  { limits, stop }: RunContext,
): Promise<Disposable | undefined> {
  if (resources === undefined) return undefined
  return limits?.take(resources, { signal: stop.signal, wait: (until) => slot.lend(until) })
}

function stepInvocation(
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  of: { readonly context: RunContext; readonly attempt: number },
): StepInvocation {
  const { invocation, params, inputs } = resolved
  const { run } = of.context
  const settings = invocation.settings?.orchestrator
  return {
    run: { id: run.id, name: run.name, pipeline: run.pipeline },
    invocation: invocation.id,
    step: invocation.step,
    attempt: of.attempt,
    ...(invocation.cache.keep && request.key?.key !== undefined ? { key: request.key.key } : {}),
    zone: DEFAULT_ZONE,
    params,
    inputs,
    ...(settings === undefined ? {} : { settings: settings.values }),
    ...(invocation.options.secrets === undefined ? {} : { secrets: invocation.options.secrets }),
  }
}

function beginRecord(
  resolved: ResolvedInvocation,
  request: ExecutionRequest & { readonly explained: Explained },
  context: RunContext,
): StepRunRecord {
  const { invocation, params, inputs } = resolved
  const { key, explained } = request
  return {
    ...stepRunBase(invocation, context, request.startedAt),
    status: 'running',
    key: key?.key,
    uncacheable: key !== undefined && key.key === undefined ? uncacheableText(key) : undefined,
    why: explained.why,
    codeDigest: key?.key === undefined ? undefined : key.codeDigest,
    params,
    inputs,
    options: recordedOptions(invocation),
  }
}

function ended(result: AttemptsResult): Pick<StepRunRecord, 'endedAt' | 'attempts'> {
  return { endedAt: Date.now(), attempts: result.attempts }
}

function resultFields(manifest: ResultManifest, step: string): Partial<StepRunRecord> {
  const { outputs, metrics, metadata } = manifest
  return {
    outputs,
    ...(manifest.key === undefined ? {} : { entry: manifest.id, entryOf: step }),
    ...(manifest.notKept === undefined ? {} : { uncacheable: manifest.notKept }),
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  }
}
