import { hash } from 'node:crypto'

import type { PlainData } from '../encoding/plain-data.ts'

const MOST = 60
const CUT = 40
/** What would move the cursor, hide text or turn its direction: control, zero-width and bidirectional characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** A value in a few characters. A long one is cut, with the start of a digest that tells it from its like. */
export function valueText(value: PlainData): string {
  const text = print(value)
  if (text.length <= MOST) return text
  const start = text.slice(0, CUT).replace(/[\ud800-\udbff]$/, '')
  return `${start}... (sha256 ${hash('sha256', text).slice(0, 8)})`
}

/** A text with escapes for what a terminal would act on. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escaped)
}

function print(value: PlainData): string {
  if (typeof value === 'string') return printable(JSON.stringify(value))
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  if (value === null || typeof value !== 'object') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`
  const entries = Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : [`${printName(name)}: ${print(item)}`],
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function printName(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : print(name)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
