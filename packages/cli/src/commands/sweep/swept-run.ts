import type { Run } from '@cairnml/core'

import type { Combination } from './combinations.ts'

/** How a run of a sweep ended. */
export interface SweptRun {
  readonly combination: Combination
  /** `stopped`: it was not started, or not recorded, because the sweep ended before. */
  readonly status: Run['status'] | 'stopped'
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly durationMs: number
  /** How many steps ended in each state. */
  readonly counts: Readonly<Record<string, number>>
  /** The last value of each metric, of the last step that has it. */
  readonly metrics: Readonly<Record<string, number>>
  readonly error?: unknown
}

/** What is shown of a run that has ended. */
export function sweptRun(combination: Combination, run: Run, durationMs: number): SweptRun {
  const { id, name, status } = run
  const steps = Object.values(run.steps)
  const counts: Record<string, number> = {}
  for (const step of steps) counts[step.status] = (counts[step.status] ?? 0) + 1
  const metrics = new Map(steps.flatMap((step) => step.metrics.map((metric) => [metric.name, metric.value] as const)))
  return { combination, status, id, name, durationMs, counts, metrics: Object.fromEntries(metrics) }
}
