import type { PlannedStep, RunPlan } from '@cairnml/engine'

import { standardOutput } from '../../output/standard-output.ts'

/** Prints what a run would do. */
export function printPlan(plan: RunPlan, json: boolean): void {
  if (json) {
    standardOutput().write(`${JSON.stringify({ format: 'cairn.plan/1', ...plan })}\n`)
    return
  }
  const version = plan.version === undefined ? 'a new version' : `version ${plan.version}`
  const width = Math.max(0, ...plan.steps.map(({ label }) => label.length))
  const lines = plan.steps.map((step) => `  ${step.label.padEnd(width)}  ${describe(step)}`)
  standardOutput().write(`Plan of pipeline ${plan.pipeline} (${version}):\n${lines.join('\n')}\n`)
}

function describe(step: PlannedStep): string {
  const { state, on, reason } = step
  if (step.isConditional === true) return `runs if ${on.join(', ')} gives true`
  if (state === 'depends') return `runs if ${on.join(', ')} ${on.length > 1 ? 'change' : 'changes'}`
  return state === 'runs' && reason !== undefined ? `runs: ${reason}` : state
}
