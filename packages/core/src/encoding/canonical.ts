import { hash } from 'node:crypto'

import { walkPlain, type PlainData, type PlainVisitor } from './plain-data.ts'

/** Version of the encoding; it is a part of every digest, so a change of the rules can never give an old key. */
export const CANONICAL_VERSION = 1

const bits = new DataView(new ArrayBuffer(8))

/** The 64 bits of a number as hex, with one NaN; -0 and 0 differ. */
function numberBits(value: number): string {
  bits.setFloat64(0, Number.isNaN(value) ? Number.NaN : value)
  return bits.getUint32(0).toString(16).padStart(8, '0') + bits.getUint32(4).toString(16).padStart(8, '0')
}

/** A string that is not well-formed would lose its lone surrogates in UTF-8, so it is written as code units. */
function stringToken(value: string): string {
  if (value.isWellFormed()) return `s${value.length}:${value}`
  return `u${value.length}:${Array.from({ length: value.length }, (_, i) =>
    value.charCodeAt(i).toString(16).padStart(4, '0'),
  ).join('')}`
}

const CANONICAL: PlainVisitor<string> = {
  scalar(value) {
    if (value === null) return 'n'
    if (typeof value === 'string') return stringToken(value)
    if (typeof value === 'number') return `d${numberBits(value)}`
    if (typeof value === 'bigint') return `i${value};`
    return value ? 't' : 'f'
  },
  date: (value) => `D${numberBits(value.getTime())}`,
  bytes: (value) => `b${value.length}:${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`,
  array: (items) => `[${items.length}:${items.join('')}`,
  object: (entries) => `{${entries.length}:${entries.map(([name, value]) => stringToken(name) + value).join('')}`,
}

/**
 * The canonical text of plain data: tagged, length-delimited, the same for equal values and different for different
 * ones. Frozen vectors are in `canonical-vectors.json`.
 *
 * @throws CAIRN_VALUE_NOT_PLAIN with the path of what is not plain data
 */
export function canonicalText(value: unknown, where = 'The value'): string {
  return walkPlain(value, CANONICAL, where)
}

/** sha256, as 64 hex digits, of the canonical text of a value under a domain that keeps uses apart. */
export function canonicalDigest(domain: string, value: PlainData, where?: string): string {
  return hash('sha256', `cairn:${domain}:${CANONICAL_VERSION}\n${canonicalText(value, where)}`)
}
