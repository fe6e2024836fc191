import { styleText } from 'node:util'

import { hasUnicode } from '@cairnml/core'

import { plainText } from './plain-text.ts'
import { standardOutput } from './standard-output.ts'

/** A column of a table. */
export interface Column {
  readonly title: string
  /** @default 'left' */
  readonly align?: 'left' | 'right' | undefined
}

const GAP = 2
/** No column is cut below this. */
const NARROWEST = 8

/**
 * A table with aligned columns, a line each, ending with a line break. Where it is wider than the terminal, the widest
 * columns are cut with `…`, or `...` where it cannot show that; a pipe gets all of it. The titles are dimmed on a
 * terminal that shows colours, unless `NO_COLOR` is set.
 *
 * @param width of the terminal in characters. @default that of standard output, if it is a terminal
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | undefined = terminalWidth(),
): string {
  const plain = rows.map((row) => row.map(plainText))
  const natural = columns.map(({ title }, index) =>
    plain.reduce((most, row) => Math.max(most, row[index]?.length ?? 0), title.length),
  )
  const widths = width === undefined ? natural : fitting(natural, width)
  const ellipsis = hasUnicode(process.env) ? '…' : '...'
  const fitted = (text: string, to: number): string =>
    text.length > to ? text.slice(0, to - ellipsis.length) + ellipsis : text
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(fitted(cells[index] ?? '', widths[index] ?? 0), widths[index] ?? 0, align))
      .join(' '.repeat(GAP))
      .trimEnd()
  const titles = styleText('dim', line(columns.map(({ title }) => title)), { stream: standardOutput() })
  return [titles, ...plain.map(line)].map((text) => `${text}\n`).join('')
}

function terminalWidth(): number | undefined {
  // Some terminals say 0 for a width that they do not know.
  return (standardOutput().isTTY && standardOutput().columns) || undefined
}

/** Takes from the widest column, one character at a time, until all fit. */
function fitting(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural]
  let left = widths.reduce((sum, each) => sum + each, GAP * (widths.length - 1)) - width
  while (left > 0) {
    const widest = Math.max(...widths)
    if (widest <= NARROWEST) break
    widths[widths.lastIndexOf(widest)] = widest - 1
    left -= 1
  }
  return widths
}

function pad(text: string, width: number, align: Column['align']): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width)
}
