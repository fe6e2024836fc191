import type { CacheEntry, KeyTree, StepForCaching } from '@cairnml/core'

import { describeStep, type ResolvedInvocation } from '../cache/describe-step.ts'
import { lookUp } from '../cache/look-up.ts'
import { isConditionTrue } from '../execute/condition.ts'
import { resolveInputs, resolveParams } from '../execute/resolve-inputs.ts'
import type { LookUpContext } from '../execute/run-context.ts'
import { dataSources } from '../plan/data-sources.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { uncacheableText } from '../report/run-report.ts'

/** What is known of an invocation without running anything. */
export type Settled =
  | { readonly state: 'skipped' }
  | { readonly state: 'reused'; readonly resolved: ResolvedInvocation; readonly entry: CacheEntry }
  | { readonly state: 'open'; readonly problem: string }
  | {
      readonly state: 'missing'
      readonly key: string
      readonly tree: KeyTree
      readonly step: StepForCaching
      readonly newest: string | undefined
    }

/** What is known of an invocation before a run; the outputs of one that is reused become known to those below. */
export async function settle(invocation: PlannedInvocation, context: LookUpContext): Promise<Settled> {
  const { outcomes } = context
  if (invocation.requires.some((id) => outcomes.get(id)?.status === 'skipped')) return skip(invocation, context)
  const open = dataSources(invocation).find((id) => !outcomes.has(id))
  if (open !== undefined)
    return { state: 'open', problem: `its inputs are not known, because step "${open}" would run` }
  const { when } = invocation
  if (when !== undefined && !(await isConditionTrue(when, invocation.id, context))) return skip(invocation, context)
  if (!invocation.cache.lookUp) return { state: 'open', problem: 'no result is looked for, because its cache is off' }
  const params = await resolveParams(invocation, context)
  const resolved = { invocation, params, inputs: resolveInputs(invocation, context) }
  const described = await describeStep(resolved, context)
  if (described.key === undefined) {
    return { state: 'open', problem: `it is not cached: ${uncacheableText(described)}` }
  }
  const { key, tree, step } = described
  const { entry, newest, unusable } = await lookUp(described, context.components)
  if (unusable?.kind === 'refused') return { state: 'open', problem: refusal(unusable.reason) }
  if (entry === undefined) return { state: 'missing', key, tree, step, newest }
  outcomes.set(invocation.id, { status: 'cached', outputs: entry.outputs, metrics: entry.metrics })
  return { state: 'reused', resolved, entry }
}

function skip(invocation: PlannedInvocation, context: LookUpContext): Settled {
  context.outcomes.set(invocation.id, { status: 'skipped', byCondition: true })
  return { state: 'skipped' }
}

/** Why an entry that is there may not be used. */
export function refusal(reason: string): string {
  return `the cache policy does not accept the one that is there: ${reason}`
}
