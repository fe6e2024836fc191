import type { PlannedInvocation } from '../plan/plan.ts'
import type { RunContext } from './run-context.ts'

/** Why a step does not run. */
export interface SkipReason {
  /** One clause, without a full stop. */
  readonly reason: string
  readonly byCondition: boolean
}

/** Why a step is skipped because of those before it, or `undefined` if nothing stands in its way. */
export function skipReason(invocation: PlannedInvocation, context: RunContext): SkipReason | undefined {
  let byCondition: SkipReason | undefined
  // A failure counts more than a condition, in whatever order they come: what is only after it must not run.
  for (const id of invocation.waitsFor) {
    const outcome = context.outcomes.get(id)
    if (outcome?.status === 'completed' || outcome?.status === 'cached') continue
    const label = labelOf(id, context)
    if (outcome?.status === 'failed') return { reason: `${label} failed`, byCondition: false }
    if (outcome?.status === 'cancelled') return { reason: `${label} was cancelled`, byCondition: false }
    if (outcome?.status !== 'skipped') continue
    if (!outcome.byCondition) return { reason: `${label} is skipped`, byCondition: false }
    if (invocation.requires.includes(id)) byCondition ??= { reason: `${label} is skipped`, byCondition: true }
  }
  if (byCondition !== undefined) return byCondition
  if (context.stoppedBy === undefined) return undefined
  return { reason: `${context.stoppedBy} failed`, byCondition: false }
}

function labelOf(id: string, context: RunContext): string {
  const node = context.live.plan.invocations[context.positions.get(id) ?? -1]
  return node?.label ?? id
}
