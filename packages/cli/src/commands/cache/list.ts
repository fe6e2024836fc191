import { nearestName } from '@cairnml/core'
import { listEntries, openCache, type ListedEntry } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { formatAge, formatBytes, formatCount, formatDuration } from '../../output/quantities.ts'
import { formatTable } from '../../output/table.ts'
import { LIST_HELP } from './cache-help.ts'
import { EMPTY_CACHE, producerOf, shortKey } from './entry-text.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn cache ls`. */
export const LIST_OPTIONS = {
  step: { type: 'string' },
  sort: { type: 'string' },
  limit: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const TABLE_LIMIT = 100

type Order = (a: ListedEntry, b: ListedEntry) => number

const ORDERS: Readonly<Record<string, Order>> = {
  used: (a, b) => b.lastUsedAt - a.lastUsedAt,
  size: (a, b) => b.size - a.size,
  age: (a, b) => a.madeAt - b.madeAt,
  saved: (a, b) => b.savesMs - a.savesMs,
}

/** `cairn cache ls`: what is kept. */
export const listCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, LIST_OPTIONS)
  if (values.help === true) return print(LIST_HELP)
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn cache ls\` takes no "${extra}"; --step lists those of one step.`)
  const order = orderOf(values.sort ?? 'used')
  const limit = countFlag('--limit', values.limit, 1)
  const all = await listEntries(await openCache({ environment, stack: values.stack }))
  const found = all.filter(({ step }) => values.step === undefined || step === values.step).toSorted(order)
  if (values.json === true) {
    return print(`${JSON.stringify({ format: 'cairn.cache-list/1', entries: found.slice(0, limit) })}\n`)
  }
  if (found.length === 0 && all.length > 0) {
    process.stderr.write(noStepText(values.step ?? '', all))
    return 0
  }
  return print(found.length === 0 ? EMPTY_CACHE : tableOf(found, limit ?? TABLE_LIMIT))
}

function print(text: string): number {
  standardOutput().write(text)
  return 0
}

function orderOf(given: string): Order {
  const order = Object.hasOwn(ORDERS, given) ? ORDERS[given] : undefined
  if (order !== undefined) return order
  throw usageError(`--sort cannot be "${given}"; it is one of ${Object.keys(ORDERS).join(', ')}.`)
}

function noStepText(step: string, all: readonly ListedEntry[]): string {
  const nearest = nearestName(step, new Set(all.map((entry) => entry.step)))
  return `No entry is of a step "${step}".${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}\n`
}

function tableOf(found: readonly ListedEntry[], limit: number): string {
  const now = Date.now()
  const table = formatTable(
    [
      { title: 'STEP' },
      { title: 'KEY' },
      { title: 'SIZE', align: 'right' },
      { title: 'SHARED', align: 'right' },
      { title: 'SAVES', align: 'right' },
      { title: 'REUSED', align: 'right' },
      { title: 'LAST USED', align: 'right' },
      { title: 'MADE BY' },
    ],
    found
      .slice(0, limit)
      .map((entry) => [
        entry.step,
        shortKey(entry),
        formatBytes(entry.size),
        entry.shared === 0 ? '-' : formatBytes(entry.shared),
        formatDuration(entry.savesMs),
        entry.kind === 'run' ? '-' : `${entry.reuses}x`,
        formatAge(now - entry.lastUsedAt),
        producerOf(entry),
      ]),
  )
  const left = found.length - limit
  const more = left > 0 ? ` ${left} more are not shown; --limit shows more.` : ''
  return `${table}${formatCount(found.length, 'entry', 'entries')}.${more}\n`
}
