import type { Json } from '@cairnml/core'
import type { KeyChange } from '@cairnml/core/explain'

import { describeStep } from './cache/describe-step.ts'
import { lookUp } from './cache/look-up.ts'
import { explainExecution, type ExecutionFacts } from './explain/explain-execution.ts'
import { isConditionTrue } from './execute/condition.ts'
import { resolveInputs, resolveParams } from './execute/resolve-inputs.ts'
import type { LookUpContext } from './execute/run-context.ts'
import { storeExternals } from './execute/store-externals.ts'
import { dataSources } from './plan/data-sources.ts'
import type { PlannedInvocation } from './plan/plan.ts'
import { PlanningStore } from './plan/planning-store.ts'
import { prepareRun, type RunRequest } from './prepare-run.ts'
import { knownVersion } from './registry/register-version.ts'
import { uncacheableText } from './report/run-report.ts'

/** What a run would do with one step. */
export interface PlannedStep {
  readonly id: string
  readonly step: string
  readonly label: string
  /** `depends`: it runs only if one of the steps in `on` gives other bytes than before, or turns its condition. */
  readonly state: 'reused' | 'runs' | 'depends' | 'skipped'
  readonly on: readonly string[]
  /** Whether the one step in `on` is its condition and all that it depends on: it runs if that gives true. */
  readonly isConditional?: boolean | undefined
  /** Why it runs, as a clause: `parameter gamma 0.001 -> 0.0015 (against run nightly)`. */
  readonly reason?: string | undefined
  /** What differs from the nearest earlier entry, where that is why it runs. */
  readonly changes?: readonly KeyChange[] | undefined
  readonly params?: { readonly [name: string]: Json } | undefined
  readonly key?: string | undefined
  /** Why it cannot be cached, with the place in the code where there is one. */
  readonly uncacheable?: string | undefined
}

/** What a run would do, found out without doing anything. */
export interface RunPlan {
  readonly pipeline: string
  /** Absent where this structure was not run before. */
  readonly version?: number | undefined
  readonly steps: readonly PlannedStep[]
}

/**
 * Says what a run would do: which steps are reused, which run, and which run only if what they need changes. Nothing is
 * executed, recorded or stored.
 *
 * @throws usage errors, as a run does
 */
export async function planPipeline(request: RunRequest): Promise<RunPlan> {
  const prepared = await prepareRun(request)
  const { live, settings } = prepared
  const components = { ...prepared.components, artifactStore: new PlanningStore(prepared.components.artifactStore) }
  const externals = await storeExternals(live.externals, components.artifactStore)
  const context: LookUpContext = { live, settings, components, outcomes: new Map(), externals }
  const steps: PlannedStep[] = []
  const states = new Map<string, PlannedStep['state']>()
  for (const invocation of live.plan.invocations) {
    const planned = await planStep(invocation, states, context)
    states.set(invocation.id, planned.state)
    steps.push({ id: invocation.id, step: invocation.step, label: invocation.label, ...planned })
  }
  const { pipeline, structure } = live.plan
  return { pipeline, version: await knownVersion(components.metadataStore, pipeline, structure), steps }
}

type Planned = Omit<PlannedStep, 'id' | 'step' | 'label'>

async function planStep(
  invocation: PlannedInvocation,
  states: ReadonlyMap<string, PlannedStep['state']>,
  context: LookUpContext,
): Promise<Planned> {
  const { cache, params: known, when } = invocation
  if (invocation.requires.some((id) => states.get(id) === 'skipped')) return { state: 'skipped', on: [] }
  const isOpen = (id: string): boolean => states.get(id) === 'runs' || states.get(id) === 'depends'
  const open = dataSources(invocation).filter(isOpen)
  if (when?.kind === 'output' && isOpen(when.invocation)) {
    if (cache.lookUp) return { state: 'depends', on: open, params: known }
    return { state: 'depends', on: [when.invocation], isConditional: true, params: known }
  }
  if (when !== undefined && !(await isConditionTrue(when, invocation.id, context))) return { state: 'skipped', on: [] }
  if (!cache.lookUp) {
    const reason = cache.keep ? 'forced (--force or --refresh)' : 'not cached: its cache is off'
    return { state: 'runs', on: [], params: known, reason }
  }
  if (open.length > 0) return { state: 'depends', on: open, params: known }
  const params = await resolveParams(invocation, context)
  const key = await describeStep({ invocation, params, inputs: resolveInputs(invocation, context) }, context)
  if (key.key === undefined) {
    const uncacheable = uncacheableText(key)
    return { state: 'runs', on: [], params, uncacheable, reason: `not cached: ${uncacheable}` }
  }
  const { entry, unusable } = await lookUp(key.key, key.step, context.components)
  if (entry === undefined) {
    const why = await explained({ invocation, key, unusable }, context)
    return { state: 'runs', on: [], params, key: key.key, ...why }
  }
  context.outcomes.set(invocation.id, { status: 'cached', outputs: entry.outputs, metrics: entry.metrics })
  return { state: 'reused', on: [], params, key: key.key }
}

/** A plan without a reason is still right. */
async function explained(facts: ExecutionFacts, context: LookUpContext): Promise<Pick<Planned, 'reason' | 'changes'>> {
  try {
    const { text, changes } = await explainExecution(facts, context)
    return changes.length === 0 ? { reason: text } : { reason: text, changes }
  } catch {
    return {}
  }
}
