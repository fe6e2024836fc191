import { measureCache, openCache, type CacheMeasure } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { formatBytes, formatCount, formatDuration } from '../../output/quantities.ts'
import { formatTable } from '../../output/table.ts'
import { STATS_HELP } from './cache-help.ts'
import { EMPTY_CACHE } from './entry-text.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn cache stats`. */
export const STATS_OPTIONS = {
  runs: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const RECENT_RUNS = 50

/** `cairn cache stats`: what is kept, and what it was good for. */
export const statsCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, STATS_OPTIONS)
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn cache stats\` takes no "${extra}".`)
  if (values.help === true) {
    standardOutput().write(STATS_HELP)
    return 0
  }
  const runs = countFlag('--runs', values.runs, 1) ?? RECENT_RUNS
  const measure = await measureCache(await openCache({ environment, stack: values.stack }), runs)
  if (values.json === true) standardOutput().write(`${JSON.stringify({ format: 'cairn.cache-stats/1', ...measure })}\n`)
  else standardOutput().write(isEmpty(measure) ? EMPTY_CACHE : textOf(measure))
  return 0
}

function isEmpty({ entries, runResults, unreferenced }: CacheMeasure): boolean {
  return entries + runResults + unreferenced.objects === 0
}

function textOf({ entries, runResults, bytes, unreferenced, recent }: CacheMeasure): string {
  const others = runResults === 0 ? '' : `, and ${formatCount(runResults, 'result', 'results')} of steps without cache`
  const unused = unreferenced.objects === 0 ? '' : ` in ${formatCount(unreferenced.objects, 'object', 'objects')}`
  const lines = [
    `Entries           ${entries}${others}`,
    `Content           ${formatBytes(bytes)}, what is shared counted once`,
    `Not referred to   ${formatBytes(unreferenced.bytes)}${unused}`,
  ]
  const summary = lines.map((line) => `${line}\n`).join('')
  return recent.steps.length === 0 ? summary : `${summary}\n${useOf(recent)}`
}

function useOf({ runs, steps }: CacheMeasure['recent']): string {
  const savedMs = steps.reduce((sum, step) => sum + step.savedMs, 0)
  const table = formatTable(
    [
      { title: 'STEP' },
      { title: 'HITS', align: 'right' },
      { title: 'MISSES', align: 'right' },
      { title: 'NOT CACHED', align: 'right' },
      { title: 'SAVED', align: 'right' },
    ],
    steps.map(({ step, hits, misses, uncached, savedMs: saved }) => [
      step,
      String(hits),
      String(misses),
      String(uncached),
      formatDuration(saved),
    ]),
  )
  return `${runs === 1 ? 'The last run' : `The last ${runs} runs`} saved ${formatDuration(savedMs)}:\n${table}`
}
