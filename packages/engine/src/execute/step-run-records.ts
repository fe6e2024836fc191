import type { StepRunRecord } from '@cairnml/core'

import type { PlannedInvocation } from '../plan/plan.ts'
import type { RunContext } from './run-context.ts'

/** The fields that every record of a step run has. */
type StepRunBase = Pick<StepRunRecord, 'id' | 'revision' | 'run' | 'invocation' | 'step' | 'position' | 'startedAt'>

/** The id of a step run. */
export function stepRunId(run: string, invocation: string): string {
  return `${run}.${invocation}`
}

/** The beginning of a record. */
export function stepRunBase(invocation: PlannedInvocation, context: RunContext, startedAt: number): StepRunBase {
  return {
    id: stepRunId(context.run.id, invocation.id),
    revision: 1,
    run: context.run.id,
    invocation: invocation.id,
    step: invocation.step,
    position: invocation.position,
    startedAt,
  }
}
