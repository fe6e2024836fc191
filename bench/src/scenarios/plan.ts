import { row } from '../measurement/row.ts'
import { mediansInTurns } from '../measurement/samples.ts'
import { runNode } from '../processes/run-node.ts'
import type { Scenario } from '../scenario.ts'

const BUDGET_MS = 1000
const BUDGET_MIB = 300
/** Twice the work takes twice the time, and some luck. */
const LINEAR = 2.5
const SCRIPT = new URL('../processes/plan-process.ts', import.meta.url)

/** What a process reports that plans once. */
interface PlanReport {
  readonly ms: number
  readonly peakMiB: number
}

/** A plan of many invocations, made for the first time in its process. */
export const plan: Scenario = async ({ quick }) => {
  const length = quick ? 1000 : 10_000
  const peaks: number[] = []
  const planOnce = (invocations: number): number => {
    const { report } = runNode([SCRIPT, String(invocations)])
    // Sound: the script reports this.
    const { ms, peakMiB } = JSON.parse(report) as PlanReport
    if (invocations === length) peaks.push(peakMiB)
    return ms
  }
  const ms = await mediansInTurns(quick ? 2 : 7, { whole: () => planOnce(length), half: () => planOnce(length / 2) })
  const count = length.toLocaleString('en')
  return [
    row({ name: `plan of ${count} invocations`, value: ms.whole, unit: 'ms', most: BUDGET_MS }),
    row({
      name: `plan of ${count} invocations, to that of half as many`,
      value: ms.whole / ms.half,
      unit: 'x',
      most: LINEAR,
    }),
    row({
      name: `plan of ${count} invocations, peak memory`,
      value: Math.max(...peaks),
      unit: 'MiB',
      most: BUDGET_MIB,
    }),
  ]
}
