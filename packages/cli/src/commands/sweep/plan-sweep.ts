import type { PlannedStep, RunPlan } from '@cairnml/engine'

import { plainText } from '../../output/plain-text.ts'
import { print, printJson } from '../../output/print.ts'
import { formatTable } from '../../output/table.ts'
import type { Combination } from './combinations.ts'
import { sweepPlanJson } from './sweep-json.ts'
import type { Sweep } from './sweep.ts'

/** Prints what each run of a sweep would do as things are. What one of them makes, later ones may reuse. */
export async function planSweep(sweep: Sweep, { json }: { readonly json: boolean }): Promise<void> {
  const { planPipeline } = await import('@cairnml/engine')
  const plans: { readonly combination: Combination; readonly plan: RunPlan }[] = []
  for (const { combination, request } of sweep.runs) plans.push({ combination, plan: await planPipeline(request) })
  if (json) {
    printJson('cairn.sweep-plan/1', sweepPlanJson(sweep, plans))
    return
  }
  const states = ['reused', 'runs', 'depends', 'skipped'] as const
  const rows = plans.map(({ combination, plan }) => [
    plainText(combination.label),
    ...states.map((state) => String(count(plan.steps, state))),
  ])
  const columns = states.map((state) => ({ title: state.toUpperCase(), align: 'right' }) as const)
  print(`Plan of a sweep of pipeline ${sweep.pipeline}:\n${formatTable([{ title: 'VALUES' }, ...columns], rows)}`)
}

function count(steps: readonly PlannedStep[], state: PlannedStep['state']): number {
  return steps.filter((step) => step.state === state).length
}
