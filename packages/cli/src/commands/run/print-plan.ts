import type { PlannedStep, RunPlan } from '@cairnml/engine'

/** Prints what a run would do. */
export function printPlan(plan: RunPlan, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ format: 'cairn.plan/1', ...plan })}\n`)
    return
  }
  const version = plan.version === undefined ? 'a new version' : `version ${plan.version}`
  const width = Math.max(0, ...plan.steps.map(({ label }) => label.length))
  const lines = plan.steps.map((step) => `  ${step.label.padEnd(width)}  ${describe(step)}`)
  process.stdout.write(`Plan of pipeline ${plan.pipeline} (${version}):\n${lines.join('\n')}\n`)
}

function describe(step: PlannedStep): string {
  if (step.state === 'depends') return `runs if ${step.on.join(', ')} ${step.on.length > 1 ? 'change' : 'changes'}`
  if (step.state === 'runs' && step.uncacheable !== undefined) return `runs: not cached, ${step.uncacheable}`
  return step.state
}
