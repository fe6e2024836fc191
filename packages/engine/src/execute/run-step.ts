import { errorRecord, type CacheEntry, type ResultManifest, type StepRunRecord } from '@cairnml/core'

import { describeStep, type ResolvedInvocation, type StepKey } from '../cache/describe-step.ts'
import { lookUp, type Found } from '../cache/look-up.ts'
import { claimKey, type Claim } from '../lease/claim-key.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import type { Slot } from '../schedule/schedule.ts'
import { isConditionTrue } from './condition.ts'
import { executeStep, type ExecutionRequest } from './execute-step.ts'
import { callStepHook } from './hooks.ts'
import { keepResult } from './keep-result.ts'
import { resolveInputs, resolveParams } from './resolve-inputs.ts'
import type { RunContext } from './run-context.ts'
import { skipReason, type SkipReason } from './skip-reason.ts'
import type { StepOutcome } from './step-outcome.ts'
import { stepRunBase, stepRunId } from './step-run-records.ts'

/** Takes one invocation of a run to its end, whatever that is, and records it. */
export async function runStep(invocation: PlannedInvocation, context: RunContext, slot: Slot): Promise<void> {
  const startedAt = Date.now()
  const begun = performance.now()
  const outcome = await settle(invocation, context, { startedAt, slot }).catch((thrown: unknown) => {
    if (context.stop.signal.aborted) return cancel(invocation, context, startedAt)
    return fail(invocation, context, { startedAt, begun, thrown })
  })
  context.outcomes.set(invocation.id, outcome)
  context.report.stepEnded(invocation.label)
  if (outcome.status === 'failed') stopOthers(invocation, context)
}

async function settle(
  invocation: PlannedInvocation,
  context: RunContext,
  { startedAt, slot }: { readonly startedAt: number; readonly slot: Slot },
): Promise<StepOutcome> {
  const isCancelled = context.stop.signal.aborted && context.stoppedBy === undefined
  if (isCancelled) return cancel(invocation, context, startedAt)
  const skip = skipReason(invocation, context) ?? (await conditionSkip(invocation, context))
  if (skip !== undefined) {
    context.report.stepSkipped(invocation.label, skip.reason)
    record(invocation, context, { startedAt, status: 'skipped' })
    return { status: 'skipped', byCondition: skip.byCondition }
  }
  const begun = performance.now()
  const resolved: ResolvedInvocation = {
    invocation,
    params: invocation.params ?? (await resolveParams(invocation, context)),
    inputs: resolveInputs(invocation, context),
  }
  const key = await keyOf(resolved, context)
  // Not before: what it declares may not be there, and then it does not start.
  context.report.stepStarted(invocation.label)
  if (key !== undefined && key.key === undefined) context.report.stepNotCached(invocation.label, key)
  const found = await find(invocation, key, context)
  const step: Settling = { resolved, key, found, startedAt, begun, slot }
  return found.entry === undefined ? claimAndExecute(step, context) : reuse(found.entry, step, context)
}

/** A step that was looked up. */
interface Settling extends Pick<ExecutionRequest, 'key' | 'slot' | 'startedAt' | 'begun'> {
  readonly resolved: ResolvedInvocation
  readonly found: Found
}

async function conditionSkip(invocation: PlannedInvocation, context: RunContext): Promise<SkipReason | undefined> {
  const { when, id } = invocation
  if (when === undefined || (await isConditionTrue(when, id, context))) return undefined
  return { reason: 'its condition is false', byCondition: true }
}

/** The key is made whenever the cache is used at all. */
function keyOf(resolved: ResolvedInvocation, context: RunContext): Promise<StepKey> | undefined {
  const { cache } = resolved.invocation
  return cache.lookUp || cache.keep ? describeStep(resolved, context) : undefined
}

function find(invocation: PlannedInvocation, key: StepKey | undefined, context: RunContext): Found | Promise<Found> {
  if (key?.key === undefined) return {}
  return invocation.cache.lookUp ? lookUp(key, context.components) : newestUnder(key.key, context)
}

async function newestUnder(key: string, { components }: RunContext): Promise<Found> {
  const entries = await components.cacheIndex.get(key)
  return { newest: entries[0]?.id }
}

/** Executes a step, unless somebody else has made its result by the time it may. */
async function claimAndExecute(step: Settling, context: RunContext): Promise<StepOutcome> {
  const { resolved, found: before, ...request } = step
  await using claim = await claimStep(step, context)
  const found = claim?.found ?? before
  if (found.entry !== undefined) return await reuse(found.entry, { ...step, found }, context)
  const { newest, unusable } = found
  return await executeStep(resolved, { ...request, newest, unusable, claim }, context)
}

/** Only who keeps a result for others has to be alone; who reuses nothing does not wait for that. */
async function claimStep(step: Settling, context: RunContext): Promise<Claim | undefined> {
  const { key, found, slot, resolved } = step
  const { label, cache } = resolved.invocation
  if (key?.key === undefined || !cache.keep) return undefined
  const look = (): Promise<Found> => lookUp(key, context.components)
  return claimKey({ key: key.key, label, found, waits: cache.lookUp, slot, lookUp: look }, context)
}

/** Takes a result that is there. One that the index does not have is put into it. */
async function reuse(usable: CacheEntry, step: Settling, context: RunContext): Promise<StepOutcome> {
  const { resolved, key, found } = step
  const { invocation } = resolved
  const { isUnindexed, newest } = found
  const heals = isUnindexed === true && invocation.cache.keep
  const entry = heals ? await keepResult(usable, { invocation, key, newest }, context) : usable
  recordReuse(invocation, entry, { context, startedAt: step.startedAt, begun: step.begun })
  return { status: 'cached', outputs: entry.outputs, metrics: entry.metrics }
}

/** A cached step run is one small record that points to the step run whose result it is. */
function recordReuse(
  invocation: PlannedInvocation,
  entry: CacheEntry,
  at: { readonly context: RunContext; readonly startedAt: number; readonly begun: number },
): void {
  const { context, startedAt } = at
  context.report.stepCached(invocation.label)
  if (entry.accepted !== undefined) {
    context.acceptedKeys.add(entry.key)
    context.report.stepAccepted(invocation.label, entry.accepted)
  }
  record(invocation, context, {
    startedAt,
    status: 'cached',
    key: entry.key,
    entry: entry.id,
    origin: originOf(entry),
  })
  context.report.stepFinished(invocation.label, performance.now() - at.begun)
}

function originOf(manifest: ResultManifest): string {
  return stepRunId(manifest.run.id, manifest.invocation)
}

function cancel(invocation: PlannedInvocation, context: RunContext, startedAt: number): StepOutcome {
  record(invocation, context, { startedAt, status: 'cancelled' })
  return { status: 'cancelled' }
}

/** What failed before or beside the step's own function: a parameter from a step, a store, a policy. */
async function fail(
  invocation: PlannedInvocation,
  context: RunContext,
  failed: { readonly startedAt: number; readonly begun: number; readonly thrown: unknown },
): Promise<StepOutcome> {
  const error = errorRecord(failed.thrown)
  record(invocation, context, { startedAt: failed.startedAt, status: 'failed', error })
  context.report.stepFailed(invocation.label, performance.now() - failed.begun, error)
  await callStepHook('onFailure', invocation, { context, error: failed.thrown })
  return { status: 'failed', error, thrown: failed.thrown }
}

function record(
  invocation: PlannedInvocation,
  context: RunContext,
  fields: Pick<StepRunRecord, 'startedAt' | 'status'> & Partial<StepRunRecord>,
): void {
  const begun = context.begunSteps.get(stepRunId(context.run.id, invocation.id))
  const ended = { ...fields, endedAt: Date.now() }
  if (begun !== undefined) context.recorder.update({ ...begun, ...ended, revision: 2 })
  else context.recorder.insert({ ...stepRunBase(invocation, context, fields.startedAt), ...ended })
}

function stopOthers(invocation: PlannedInvocation, context: RunContext): void {
  const mode = context.live.plan.failureMode
  if (mode === 'continue-on-failure') return
  context.stoppedBy ??= invocation.label
  if (mode === 'fail-fast') context.stop.abort(new Error(`${invocation.label} failed`))
}
