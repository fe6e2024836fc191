import type { TableValue } from '@cairnml/client'

import type { CsvCell } from './csv.ts'

const DIGITS = 6

/** A value for people: numbers to six digits, `-` for what is not there. */
export function valueText(value: TableValue): string {
  if (value === undefined) return '-'
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(DIGITS)))
  return String(exactValue(value))
}

/** A value without loss, as one cell. */
export function exactValue(value: TableValue): CsvCell {
  if (value === undefined || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value === 'bigint' || value === null) return String(value)
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item))
}
