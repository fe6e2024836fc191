import { styleText } from 'node:util'

/** A column of a table. */
export interface Column {
  readonly title: string
  /** @default 'left' */
  readonly align?: 'left' | 'right' | undefined
}

/**
 * A table with aligned columns, a line each, ending with a line break. The titles are dimmed on a terminal that shows
 * colours, unless `NO_COLOR` is set.
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) =>
    rows.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), title.length),
  )
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align))
      .join('  ')
      .trimEnd()
  const titles = styleText('dim', line(columns.map(({ title }) => title)), { stream: process.stdout })
  return [titles, ...rows.map(line)].map((text) => `${text}\n`).join('')
}

function pad(text: string, width: number, align: Column['align']): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width)
}
