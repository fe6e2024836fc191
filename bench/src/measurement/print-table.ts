import type { Row } from './row.ts'

const HEADERS = ['what', 'value', 'floor', 'ratio', 'budget', ''] as const

/** Rows as a table of plain text. */
export function tableText(rows: readonly Row[]): string {
  const lines = [HEADERS, ...rows.map(cells)]
  const widths = HEADERS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => pad(cell, column, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells({ name, value, unit, floor, ratio, budget, ok }: Row): readonly string[] {
  return [
    name,
    `${digits(value)} ${unit}`,
    floor === undefined ? '' : `${digits(floor)} ${unit}`,
    ratio === undefined ? '' : ratio.toFixed(2),
    budget ?? '',
    ok === undefined ? '' : ok ? 'ok' : 'OVER',
  ]
}

function pad(cell: string, column: number, width: number): string {
  const isNumber = column >= 1 && column <= 3
  return isNumber ? cell.padStart(width) : cell.padEnd(width)
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 1 ? value.toFixed(2) : value.toFixed(4)
}
