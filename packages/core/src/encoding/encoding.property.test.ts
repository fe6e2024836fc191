import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { canonicalText } from './canonical.ts'
import { byCodeUnit, type PlainData } from './plain-data.ts'
import { fromTaggedJson, toTaggedJson, type Json } from './tagged-json.ts'

const text = fc.string({
  unit: fc.oneof(
    fc.nat(0xffff).map((code) => String.fromCharCode(code)),
    fc.constant('$'),
  ),
})
const name = fc.oneof(
  text,
  fc.constantFrom('__proto__', 'constructor', '$object', '$date', '$number', '', '10', 'then'),
)
const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  text,
  fc.date({ noInvalidDate: false }),
  fc.uint8Array(),
)
/** Values that hold each property as their own, also `__proto__`. */
const plain = fc.letrec<{ value: PlainData }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value

/** Equality as plain data means it: -0 is not 0, NaN is NaN, the order of properties does not count. */
function isSame(a: PlainData | undefined, b: PlainData | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  if (a instanceof Date || b instanceof Date) {
    return a instanceof Date && b instanceof Date && Object.is(a.getTime(), b.getTime())
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = new Map(Object.entries(b))
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
}

function withReversedProperties(value: PlainData): PlainData {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(withReversedProperties)
  const entries = Object.entries(value) as readonly (readonly [string, PlainData])[]
  return Object.fromEntries(entries.toReversed().map(([key, item]) => [key, withReversedProperties(item)]))
}

describe('the canonical encoding of any plain data', () => {
  it('gives equal texts exactly for equal values', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(canonicalText(a) === canonicalText(b)).toBe(isSame(a, b))
      }),
      { numRuns: 2000 },
    )
  })

  it('changes with every change of a scalar', () => {
    fc.assert(
      fc.property(scalar, scalar, plain, (a, b, around) => {
        expect(canonicalText([around, { x: a }]) === canonicalText([around, { x: b }])).toBe(isSame(a, b))
      }),
    )
  })

  it('does not depend on the order of properties at any depth', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(canonicalText(withReversedProperties(value))).toBe(canonicalText(value))
      }),
    )
  })
})

describe('tagged JSON of any plain data', () => {
  it('comes back as the same value through JSON text', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const back = fromTaggedJson(JSON.parse(JSON.stringify(toTaggedJson(value))) as Json)
        expect(isSame(back, value)).toBe(true)
        expect(canonicalText(back)).toBe(canonicalText(value))
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same text for equal values', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const other = toTaggedJson(withReversedProperties(value))
        expect(JSON.stringify(other)).toBe(JSON.stringify(toTaggedJson(value)))
      }),
    )
  })
})

describe('byCodeUnit', () => {
  it('orders as a comparison of UTF-16 code units does', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = (value: string): Buffer => Buffer.from(value, 'utf16le').swap16()
        expect(Math.sign(byCodeUnit(a, b))).toBe(Math.sign(Buffer.compare(bytes(a), bytes(b))))
      }),
    )
  })
})
