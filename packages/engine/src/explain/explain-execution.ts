import type { ArtifactRef, ExecutionReason, RunRecord } from '@cairnml/core'
import type * as Explain from '@cairnml/core/explain'
import type { EarlierEntries, EarlierEntry, KeyChange } from '@cairnml/core/explain'

import type { StepKey } from '../cache/describe-step.ts'
import type { UnusableEntry } from '../cache/look-up.ts'
import type { LookUpContext, RunContext } from '../execute/run-context.ts'
import { stepRunId } from '../execute/step-run-records.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { inputSource, type InputSourceContext } from './input-source.ts'

/** What a step executes with. */
export interface ExecutionFacts {
  readonly invocation: PlannedInvocation
  readonly key: Extract<StepKey, { readonly key: string }>
  /** What was found under the key, where nothing of it could be used. */
  readonly unusable: UnusableEntry | undefined
}

/** Why a step executes. */
export interface ExecutionExplanation {
  readonly reason: ExecutionReason
  /** The same as a clause. */
  readonly text: string
  readonly changes: readonly KeyChange[]
  /** The outputs of the earlier entry that the reason is about. */
  readonly earlier: { readonly [name: string]: ArtifactRef } | undefined
}

/** By planning or run, then by step: what was made of a step before is read once. */
const known = new WeakMap<LookUpContext, Map<string, EarlierEntries>>()

let explain: Promise<typeof Explain> | undefined

/** The comparison of keys: nothing is to be explained in a run that reuses everything, so it is not loaded there. */
export function loadExplain(): Promise<typeof Explain> {
  // Node looks for a module at every import of it.
  explain ??= import('@cairnml/core/explain')
  return explain
}

/** Finds out why a step executes: what became of its entry, or what differs from the nearest earlier one. */
export async function explainExecution(facts: ExecutionFacts, context: LookUpContext): Promise<ExecutionExplanation> {
  const { invocation, unusable } = facts
  const explaining = await loadExplain()
  const { compareKeyTrees, reasonText } = explaining
  const told = (
    reason: ExecutionReason,
    run = '',
    changes: readonly KeyChange[] = [],
  ): Pick<ExecutionExplanation, 'reason' | 'text' | 'changes'> => ({
    reason,
    changes,
    text: reasonText(reason, { run, changes }),
  })
  if (!invocation.cache.lookUp) return { ...told({ kind: 'forced' }), earlier: undefined }
  if (unusable !== undefined) {
    const { entry } = unusable
    return { ...told(unusableReason(unusable), entry.run.name), earlier: entry.outputs }
  }
  const nearest = await nearestEntry(facts, context)
  if (nearest === undefined) return { ...told({ kind: 'first' }), earlier: undefined }
  const { stepRun } = nearest
  const run = nearest.run?.name ?? `${stepRun.run} (removed)`
  const against = stepRun.id
  if (stepRun.key === facts.key.key) return { ...told({ kind: 'entry-gone', against }, run), earlier: stepRun.outputs }
  const changes = compareKeyTrees(nearest.tree, facts.key.tree).map((change) =>
    withSource(change, facts.invocation, { context, explain: explaining }),
  )
  const from = Object.fromEntries(
    changes.flatMap(({ name, source }) => (source === undefined ? [] : [[name, source.invocations]])),
  )
  const reason = { kind: 'changed', against, ...(Object.keys(from).length > 0 ? { from } : {}) } as const
  return { ...told(reason, run, changes), earlier: stepRun.outputs }
}

/** The nearest entry that was made before the run of the context, if there is one. */
export async function nearestEntry(
  { invocation, key }: ExecutionFacts,
  context: LookUpContext,
): Promise<EarlierEntry | undefined> {
  const { pipeline } = context.live.plan
  const entries = await earlierEntries(invocation.step, context)
  return entries.nearest({ tree: key.tree, invocation: invocation.id, pipeline })
}

/** What was made of a step before the run of the context, read once. */
export async function earlierEntries(step: string, context: LookUpContext): Promise<EarlierEntries> {
  const { EarlierEntries: Entries } = await loadExplain()
  const ofContext = known.get(context) ?? new Map<string, EarlierEntries>()
  known.set(context, ofContext)
  const own = runOf(context)?.id
  const entries = ofContext.get(step) ?? new Entries(context.components.metadataStore, step, ({ run }) => run !== own)
  ofContext.set(step, entries)
  return entries
}

function runOf(context: LookUpContext | RunContext): RunRecord | undefined {
  return 'run' in context ? context.run : undefined
}

function unusableReason(unusable: UnusableEntry): ExecutionReason {
  const { run, invocation } = unusable.entry
  const against = stepRunId(run.id, invocation)
  return unusable.kind === 'refused'
    ? { kind: 'refused', against, reason: unusable.reason }
    : { kind: 'output-gone', against, outputs: unusable.outputs }
}

function withSource(change: KeyChange, invocation: PlannedInvocation, of: InputSourceContext): KeyChange {
  const source = change.kind === 'input' ? inputSource(invocation, change.name, of) : undefined
  return source === undefined ? change : { ...change, source }
}
