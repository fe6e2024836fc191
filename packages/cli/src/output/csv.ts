const QUOTED = /[",\r\n]|^\s|\s$/
/** What spreadsheets take for the start of a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** A cell: numbers and booleans as JSON writes them, nothing for what is not there. */
export type CsvCell = string | number | boolean | undefined

/**
 * Comma-separated values as RFC 4180 has them, with `\n` at line ends. A text that a spreadsheet would take for a formula
 * gets an apostrophe before it; numbers stay as they are.
 */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('')
}

function cell(value: CsvCell): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
