import {
  errorRecord,
  toTaggedJson,
  type CacheEntry,
  type ResultManifest,
  type StepInvocation,
  type StepRunRecord,
} from '@cairnml/core'
import { runInvocation } from '@cairnml/worker'

import type { ResolvedInvocation, StepKey } from '../cache/describe-step.ts'
import { ZONE } from '../cache/zone.ts'
import { keepKeyTree } from '../record/keep-key-tree.ts'
import { overridesOf } from '../settings/run-settings.ts'
import { runAttempts, type AttemptsResult } from './attempts.ts'
import { callHook } from './hooks.ts'
import type { RunContext } from './run-context.ts'
import type { StepOutcome } from './step-outcome.ts'
import { stepRunBase } from './step-run-records.ts'

/** What is known of a step by the time it has to execute. */
export interface ExecutionRequest {
  readonly key: StepKey | undefined
  /** Newest cache entry that was known. */
  readonly newest: string | undefined
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
  const begun = beginRecord(resolved, request, context)
  context.recorder.insert(begun)
  context.begunSteps.add(begun.id)
  await context.prepare()
  await hook('onStart', resolved, context)
  // The step may keep this thread busy for long: what is known so far has to be visible before.
  context.report.flush()
  await context.recorder.flush()
  const result = await attempt(resolved, request, context)
  if (result.status === 'cancelled') {
    context.recorder.update({ ...begun, ...ended(result), revision: 2, status: 'cancelled' })
    return { status: 'cancelled' }
  }
  if (result.status === 'failed') {
    const { error, thrown } = result
    context.report.stepFailed(invocation.label, performance.now() - request.begun, error)
    context.recorder.update({ ...begun, ...ended(result), revision: 2, status: 'failed', error })
    await hook('onFailure', resolved, context, thrown)
    return { status: 'failed', error, thrown }
  }
  const kept = await keep(result.manifest, resolved, request, context)
  context.recorder.update({ ...begun, ...ended(result), ...resultFields(kept), revision: 2, status: 'completed' })
  context.report.stepFinished(invocation.label, performance.now() - request.begun)
  await hook('onSuccess', resolved, context)
  return { status: 'completed', outputs: kept.outputs, metrics: kept.metrics }
}

async function attempt(
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  context: RunContext,
): Promise<AttemptsResult> {
  const { invocation } = resolved
  const { orchestrator, artifactStore } = context.components
  const step = context.live.nodes.get(invocation.id)?.step
  if (step === undefined) throw new Error(`The plan names ${invocation.id}, which the graph does not have.`)
  return runAttempts({
    options: invocation.options,
    label: invocation.label,
    signal: context.stop.signal,
    onRetry: (retry) => context.report.stepRetried(invocation.label, retry),
    execute: (number, signal) => {
      const order = stepInvocation(resolved, request, { context, attempt: number })
      const emit = context.report.stepEvent.bind(context.report, invocation.label)
      const runHere = (): Promise<ResultManifest> => runInvocation(order, { store: artifactStore, step, signal, emit })
      return orchestrator.execute(order, { signal, runHere })
    },
  })
}

function stepInvocation(
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  of: { readonly context: RunContext; readonly attempt: number },
): StepInvocation {
  const { invocation, params, inputs } = resolved
  const { run } = of.context
  return {
    run: { id: run.id, name: run.name, pipeline: run.pipeline },
    invocation: invocation.id,
    step: invocation.step,
    attempt: of.attempt,
    ...(invocation.cache.keep && request.key?.key !== undefined ? { key: request.key.key } : {}),
    zone: ZONE,
    params,
    inputs,
  }
}

/**
 * Puts a reusable result into the index. Where another process was first, its result is the one that counts, so that
 * all processes go on with the same bytes. A result that could not be indexed is found by its key all the same.
 */
async function keep(
  manifest: ResultManifest,
  resolved: ResolvedInvocation,
  request: ExecutionRequest,
  context: RunContext,
): Promise<ResultManifest> {
  if (manifest.key === undefined || request.key?.key === undefined) return manifest
  const { cacheIndex, metadataStore } = context.components
  try {
    // Sound: a completed manifest with a key is a cache entry.
    const kept = await cacheIndex.put(manifest.key, manifest as CacheEntry, { seen: request.newest })
    await keepKeyTree(metadataStore, manifest.key, request.key.tree)
    return kept
  } catch (error) {
    context.report.stepNotIndexed(resolved.invocation.label, errorRecord(error))
    return manifest
  }
}

function beginRecord(resolved: ResolvedInvocation, request: ExecutionRequest, context: RunContext): StepRunRecord {
  const { invocation, params, inputs } = resolved
  const { key } = request
  return {
    ...stepRunBase(invocation, context, request.startedAt),
    status: 'running',
    key: key?.key,
    uncacheable: key !== undefined && key.key === undefined ? key.uncacheable : undefined,
    codeDigest: key?.key === undefined ? undefined : key.codeDigest,
    params,
    inputs,
    options: Object.keys(invocation.options).length === 0 ? undefined : toTaggedJson(invocation.options),
  }
}

function ended(result: AttemptsResult): Pick<StepRunRecord, 'endedAt' | 'attempts'> {
  return { endedAt: Date.now(), attempts: result.attempts }
}

function resultFields(manifest: ResultManifest): Partial<StepRunRecord> {
  const { outputs, metrics, metadata } = manifest
  return {
    outputs,
    entry: manifest.key === undefined ? undefined : manifest.id,
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  }
}

async function hook(
  name: 'onStart' | 'onSuccess' | 'onFailure',
  { invocation }: ResolvedInvocation,
  context: RunContext,
  error?: unknown,
): Promise<void> {
  const { live, run, report, settings } = context
  const hooks = { ...live.nodes.get(invocation.id)?.step.options, ...overridesOf(settings, invocation) }
  const event = { run: run.name, pipeline: run.pipeline, step: invocation.id, ...(error === undefined ? {} : { error }) }
  await callHook(hooks, { hook: name, of: `step ${invocation.label}`, event, report })
}
