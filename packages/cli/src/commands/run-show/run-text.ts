import { toTaggedJson } from '@cairnml/core'
import { printable } from '@cairnml/core/explain'
import { localTime, type StoredRun, type StoredStep } from '@cairnml/client'

import { remediesOf } from '../../output/remedy-lines.ts'
import { valueText } from '../../output/value-text.ts'
import { provenanceLines } from './provenance-text.ts'

const MOST_REASONS = 3
const MOST_METRICS = 6
const SHORT_COMMIT = 10

/** A past run for people: the run, its steps, and how many of them are not cached. */
export function runText(run: StoredRun, steps: readonly StoredStep[]): string {
  const widths = {
    label: Math.max(0, ...steps.map(({ label }) => label.length)),
    status: Math.max(0, ...steps.map(({ status }) => status.length)),
  }
  const lines = steps.map((step) =>
    `  ${step.label.padEnd(widths.label)}  ${step.status.padEnd(widths.status)}  ${remark(step)}`.trimEnd(),
  )
  return [...heading(run), ...lines, ...settingsLines(steps), ...uncachedLines(steps)]
    .map((line) => `${line}\n`)
    .join('')
}

function heading(run: StoredRun): readonly string[] {
  const { name, pipeline, version, status, startedAt, endedAt, process: by, stack, tags, error } = run
  const took = endedAt === undefined ? '' : `, took ${seconds(endedAt - startedAt)}`
  return [
    `Run ${name} of pipeline ${pipeline} (version ${version}): ${status}`,
    `  started ${localTime(startedAt)}${took}, by ${by.user} on host ${by.host} (${madeWith(by)})`,
    `  stack ${stack.name}${tags.length === 0 ? '' : `, tags ${tags.join(', ')}`}`,
    ...provenanceLines(run.provenance),
    ...(error === undefined ? [] : [`  ${error.code} ${oneLine(error.message)}`]),
  ]
}

function madeWith({ node, platform, commit }: StoredRun['process']): string {
  const at = commit === undefined ? '' : `, commit ${commit.slice(0, SHORT_COMMIT)}`
  return `Node ${node}, ${platform}${at}`
}

function remark(step: StoredStep): string {
  const { error } = step
  const text = error === undefined ? '' : `${error.code} ${oneLine(error.message)}`
  return [whence(step), metricsText(step), text].filter((part) => part !== '').join('  ')
}

function whence({ status, origin, startedAt, endedAt }: StoredStep): string {
  if (status === 'cached') return origin === undefined ? '' : `from run ${origin.run}`
  if (status === 'skipped' || endedAt === undefined) return ''
  return seconds(endedAt - startedAt)
}

/** The last value of each metric: `acc=0.93 loss=0.2`. */
function metricsText({ metrics }: StoredStep): string {
  const last = [...new Map(metrics.map(({ name, value }) => [name, value]))]
  const shown = last.slice(0, MOST_METRICS).map(([name, value]) => `${printable(name)}=${valueText(value)}`)
  const left = last.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join(' ')
}

/** `  settings of train: kubernetes memory="4Gi"` */
function settingsLines(steps: readonly StoredStep[]): readonly string[] {
  return steps.flatMap(({ label, options: { settings } }) =>
    namedValues(settings).map(([component, values]) => {
      const texts = namedValues(values).map(([name, value]) => `${name}=${JSON.stringify(toTaggedJson(value))}`)
      return printable(`  settings of ${label}: ${[component, ...texts].join(' ')}`)
    }),
  )
}

function namedValues(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** `2 of 10 steps are not cached: it calls eval (src/train.ts:3)`, one line per reason, then one per kind of reason. */
function uncachedLines(steps: readonly StoredStep[]): readonly string[] {
  const uncached = steps.filter(({ uncacheable }) => uncacheable !== undefined)
  const count = uncached.length
  if (count === 0) return []
  const reasons = Object.entries(Object.groupBy(uncached, ({ uncacheable }) => uncacheable ?? '')).map(
    ([reason, of = []]) => [reason, of.length] as const,
  )
  const shown = reasons.toSorted(([, a], [, b]) => b - a).slice(0, MOST_REASONS)
  const left = reasons.length - shown.length
  const first = `${count} of ${steps.length} steps ${count === 1 ? 'is' : 'are'} not cached:`
  return [
    ...(reasons.length === 1
      ? [`${first} ${shown[0]?.[0] ?? ''}`]
      : [first, ...shown.map(([reason, times]) => `  ${times}: ${reason}`)]),
    ...(left > 0 ? [`  and ${left} more ${left === 1 ? 'reason' : 'reasons'}`] : []),
    ...remediesOf(uncached),
  ]
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)}s`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
