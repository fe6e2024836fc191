import type { HeldBack, PruneReason, Removal, RemovalProposal } from '@cairnml/engine'

import { formatAge, formatBytes, formatCount } from '../../output/quantities.ts'
import { formatTable } from '../../output/table.ts'
import { producerOf, shortKey } from './entry-text.ts'

const REASONS: Readonly<Record<PruneReason, string>> = {
  age: 'not used for long',
  size: 'too much, least used',
  count: 'not among the newest',
}

const TABLE_LIMIT = 100

/** Whether a removal would change anything. */
export function hasWork({ entries, orphans }: RemovalProposal): boolean {
  return entries.length > 0 || orphans.objects > 0
}

/** What would go, as a table, and what would be left. */
export function proposalText(
  proposed: RemovalProposal,
  { dryRun, maxBytes }: { readonly dryRun: boolean; readonly maxBytes?: number | undefined },
): string {
  const { entries, kept, liveRuns } = proposed
  const lines: string[] = []
  if (!hasWork(proposed)) lines.push('There is nothing to remove.')
  else if (dryRun) lines.push(`This would remove ${whatOf(proposed)}.`)
  if (maxBytes !== undefined && kept.bytes > maxBytes) {
    const least = `${formatBytes(kept.bytes)} are left, more than ${formatBytes(maxBytes)}`
    lines.push(`${least}: --keep-last keeps ${formatCount(kept.entries, 'entry', 'entries')}.`)
  }
  if (hasWork(proposed) && liveRuns.length > 0) {
    lines.push(`${going(liveRuns)}: content stays where it is until then.`)
  }
  return (entries.length === 0 ? '' : tableOf(proposed)) + lines.map((line) => `${line}\n`).join('')
}

/** The question before a removal. */
export function questionText(proposed: RemovalProposal): string {
  const past = 'Past runs stay listed, but these outputs of theirs can no longer be loaded.'
  return `Remove ${whatOf(proposed)}?${proposed.entries.length === 0 ? '' : ` ${past}`}`
}

/** What a removal did. */
export function doneText({ entries, swept }: Removal): string {
  const done = `Removed ${formatCount(entries, 'entry', 'entries')} and ${formatBytes(swept.bytes)} of content.\n`
  return swept.heldBack === undefined ? done : `${done}${heldText(swept.heldBack)}\n`
}

function heldText(held: HeldBack): string {
  const later = '`cairn cache prune` removes it once it is a day old.'
  if (held.because === 'runs') return `${going(held.runs)}, so content that is left stays. Afterwards ${later}`
  const [first = ''] = held.objects
  return `No content was deleted: ${first} was written by a newer Cairn, and what it refers to is not known.`
}

function going(runs: readonly string[]): string {
  const [first = ''] = runs
  return runs.length === 1 ? `Run ${first} is going on` : `${runs.length} runs are going on`
}

function whatOf({ entries, bytes, orphans }: RemovalProposal): string {
  const parts =
    entries.length === 0 ? [] : [`${formatCount(entries.length, 'entry', 'entries')}, ${formatBytes(bytes)}`]
  if (orphans.objects > 0) parts.push(`${formatBytes(orphans.bytes)} that nothing refers to`)
  return parts.join(', and ')
}

function tableOf({ entries }: RemovalProposal): string {
  const now = Date.now()
  const hasReason = entries.some(({ reason }) => reason !== undefined)
  const table = formatTable(
    [
      { title: 'STEP' },
      { title: 'KEY' },
      { title: 'SIZE', align: 'right' },
      { title: 'LAST USED', align: 'right' },
      { title: 'MADE BY' },
      ...(hasReason ? [{ title: 'WHY' }] : []),
    ],
    entries
      .slice(0, TABLE_LIMIT)
      .map((entry) => [
        entry.step,
        shortKey(entry),
        formatBytes(entry.size),
        formatAge(now - entry.lastUsedAt),
        producerOf(entry),
        ...(entry.reason === undefined ? [] : [REASONS[entry.reason]]),
      ]),
  )
  const left = entries.length - TABLE_LIMIT
  return left > 0 ? `${table}... and ${left} more\n` : table
}
