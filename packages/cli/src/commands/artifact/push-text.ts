import type { PushProgress, PushReport } from '@cairnml/engine'

import { plainText } from '../../output/plain-text.ts'
import { formatBytes, formatCount } from '../../output/quantities.ts'

/** What a push did or would do, for people. */
export function pushText(report: PushReport, dryRun: boolean): string {
  return [...summary(report, dryRun), ...besides(report)].map((line) => `${line}\n`).join('')
}

/** What was not copied, and why, for people. */
export function refusedText({ refused, from }: PushReport): string {
  return refused
    .map(({ object, step, run, problem }) => {
      const what = step === undefined ? object : `the result of step ${step} of run ${run}`
      return `Not copied from stack ${from}: ${plainText(what)}. ${plainText(problem)}\n`
    })
    .join('')
}

/** How far a push is, as a line that changes. */
export function progressText({ results, objects, bytes }: PushProgress): string {
  const copied = `${formatCount(objects, 'object', 'objects')} (${formatBytes(bytes)}) copied`
  return `${formatCount(results, 'result', 'results')}, ${copied}`
}

function summary(
  { from, to, shared, results, objects, reports, keys, refused }: PushReport,
  dryRun: boolean,
): string[] {
  if (shared.includes('artifactStore') && shared.includes('cacheIndex')) {
    return [`Stacks ${from} and ${to} have the same artifact store and cache index: there is nothing to copy.`]
  }
  const same = shared.includes('artifactStore') ? [`Stacks ${from} and ${to} have the same artifact store.`] : []
  if (results.copied + objects.copied + reports.copied + keys.added === 0) {
    const left = refused.length === 0 ? 'Nothing is missing' : 'Nothing was copied'
    return [...same, `${left} in stack ${to}: ${formatCount(results.present, 'result is', 'results are')} there.`]
  }
  const copied = dryRun ? 'would be copied' : 'copied'
  const size = `${formatCount(objects.copied, 'object', 'objects')}, ${formatBytes(objects.bytes)}`
  const what = `${formatCount(results.copied, 'result', 'results')} (${size})`
  const runs = formatCount(reports.copied, 'report of a run', 'reports of runs')
  const there = results.present === 0 ? '' : ` ${formatCount(results.present, 'result was', 'results were')} there.`
  return [...same, `From stack ${from} to stack ${to}: ${what} and ${runs} ${copied}.${there}`]
}

function besides({ from, to, keys, unreachable, references, reports, shared }: PushReport): readonly string[] {
  const lines: string[] = []
  if (keys.kept > 0) {
    lines.push(
      `${formatCount(keys.kept, 'step has', 'steps have')} other results in stack ${to}, which are still reused there.`,
    )
  }
  if (unreachable > 0) {
    const what = formatCount(unreachable, 'result counts', 'results count')
    lines.push(
      `${what} environment variables, hashed for the cache index of ${from} alone: stack ${to} runs those steps.`,
    )
  }
  if (references > 0) {
    lines.push(`${formatCount(references, 'result refers', 'results refer')} to data elsewhere, which is not copied.`)
  }
  if (reports.copied > 0 && !shared.includes('metadataStore')) {
    lines.push(`Where stack ${to} is used, cairn run sync records the runs.`)
  }
  return lines
}
