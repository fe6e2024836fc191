import { plainText } from '../../output/plain-text.ts'
import { formatCount, formatDuration } from '../../output/quantities.ts'
import { formatTable, type Column } from '../../output/table.ts'
import { valueText } from '../../output/value-text.ts'
import { bestRun } from './best-run.ts'
import { variedAxes } from './combinations.ts'
import type { SweepFlags } from './sweep-flags.ts'
import type { SweptRun } from './swept-run.ts'

const SHOWN_METRICS = 4

/** What is said when a run has ended: `[2/6] gamma=0.1 completed in 1.2s (1 completed, 2 cached) acc=0.9`. */
export function progressLine(run: SweptRun, { done, of }: { readonly done: number; readonly of: number }): string {
  const { combination, status, counts, metrics, durationMs } = run
  const steps = Object.entries(counts).map(([state, count]) => `${count} ${state}`)
  const values = Object.entries(metrics)
    .slice(0, SHOWN_METRICS)
    .map(([name, value]) => ` ${plainText(name)}=${valueText(value)}`)
  const label = combination.label === '' ? '' : ` ${plainText(combination.label)}`
  const counted = steps.length === 0 ? '' : ` (${steps.join(', ')})`
  return `[${done}/${of}]${label} ${status} in ${formatDuration(durationMs)}${counted}${values.join('')}\n`
}

/** Parameters against metrics; the best run by a metric is marked. */
export function sweepTable(runs: readonly SweptRun[], { axes, metric, goal }: SweepFlags): string {
  const best = metric === undefined ? undefined : bestRun(runs, metric, goal)
  const varied = variedAxes(axes)
  const metrics = metricNames(runs)
  const columns: Column[] = [
    ...(metric === undefined ? [] : [{ title: '' }]),
    ...varied.map(({ name, values }) =>
      column(
        name,
        values.every(({ json }) => typeof json === 'number'),
      ),
    ),
    column('STATUS', false),
    ...metrics.map((name) => column(name, true)),
    column('RUN', false),
  ]
  const rows = runs.map((run) => [
    ...(metric === undefined ? [] : [run === best ? '*' : '']),
    ...run.combination.values.filter(({ axis }) => varied.includes(axis)).map(({ text }) => plainText(text)),
    run.status,
    ...metrics.map((name) => valueText(run.metrics[name])),
    run.name ?? '-',
  ])
  return formatTable(columns, rows)
}

/** The last lines: how many runs ended how, and which one is the best. */
export function sweepSummary(runs: readonly SweptRun[], tag: string, { metric, goal }: SweepFlags): string {
  const counts = Object.entries(Object.groupBy(runs, ({ status }) => status))
  const states = counts.map(([status, of]) => `${of?.length ?? 0} ${status}`).join(', ')
  const summary = `Sweep ${tag}: ${formatCount(runs.length, 'run', 'runs')}, ${states}.\n`
  if (metric === undefined) return summary
  const best = bestRun(runs, metric, goal)
  if (best !== undefined) {
    const { combination, name } = best
    return `${summary}Best ${metric} (${goal}): ${valueText(best.metrics[metric])} with ${plainText(combination.label)}, run ${name}.\n`
  }
  const known = metricNames(runs)
  return `${summary}No run has a metric "${plainText(metric)}".${known.length === 0 ? '' : ` There are: ${known.map(plainText).join(', ')}.`}\n`
}

/** Every metric that a run has, in the order of their first occurrence. */
function metricNames(runs: readonly SweptRun[]): readonly string[] {
  return [...new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)))]
}

function column(title: string, isNumber: boolean): Column {
  return { title: plainText(title), align: isNumber ? 'right' : 'left' }
}
