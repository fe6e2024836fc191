import type { Goal } from './sweep-flags.ts'
import type { SweptRun } from './swept-run.ts'

/** The run with the best value of a metric: the first one of several, none where no run has a number for it. */
export function bestRun(runs: readonly SweptRun[], metric: string, goal: Goal): SweptRun | undefined {
  const sign = goal === 'max' ? 1 : -1
  const rank = (run: SweptRun): number => {
    const value = run.metrics[metric]
    return value === undefined || Number.isNaN(value) ? Number.NEGATIVE_INFINITY : sign * value
  }
  return runs.reduce<SweptRun | undefined>((best, run) => {
    const value = run.metrics[metric]
    if (value === undefined || Number.isNaN(value)) return best
    return best === undefined || rank(run) > rank(best) ? run : best
  }, undefined)
}
