import type { Metadata, Preview } from '@cairnml/core'
import type { Table } from 'apache-arrow'

const MOST_COLUMNS = 100
const SHOWN_COLUMNS = 8
const SHOWN_ROWS = 5
const SHOWN_CHARACTERS = 40

/** Rows, columns, and the types of the first hundred columns. */
export function tableFacts(table: Table): Metadata {
  const { fields } = table.schema
  return {
    rows: table.numRows,
    columns: fields.length,
    types: Object.fromEntries(fields.slice(0, MOST_COLUMNS).map(({ name, type }) => [cut(name), cut(String(type))])),
  }
}

/** The first rows and columns as a Markdown table. */
export function tablePreview(table: Table): Preview | undefined {
  const fields = table.schema.fields.slice(0, SHOWN_COLUMNS)
  if (fields.length === 0) return undefined
  const rows = Array.from({ length: Math.min(table.numRows, SHOWN_ROWS) }, (_, row) =>
    line(fields.map((_field, column) => cell(table.getChildAt(column)?.get(row)))),
  )
  const head = [line(fields.map(({ name }) => cell(name))), line(fields.map(() => '---'))]
  return { kind: 'markdown', text: [...head, ...rows].join('\n') }
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function cell(value: unknown): string {
  // eslint-disable-next-line typescript/no-base-to-string -- rows and lists of Arrow have texts of their own
  return cut(value === null || value === undefined ? '' : String(value))
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
}

function cut(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS).toWellFormed()}…` : text
}
