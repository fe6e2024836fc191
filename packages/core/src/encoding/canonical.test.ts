import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { canonicalDigest, canonicalText } from './canonical.ts'
import { fromTaggedJson, type Json } from './tagged-json.ts'

interface Vector {
  readonly name: string
  /** Tagged JSON. */
  readonly value: Json
  readonly canonical: string
  /** Under the domain `vector`. */
  readonly digest: string
}

const VECTORS: readonly Vector[] = JSON.parse(
  readFileSync(new URL('canonical-vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[]

describe('the frozen vectors of the canonical encoding', () => {
  it.each(VECTORS)('give the text and the digest of $name', ({ value, canonical, digest }) => {
    const plain = fromTaggedJson(value)
    expect(canonicalText(plain)).toBe(canonical)
    expect(canonicalDigest('vector', plain)).toBe(digest)
  })

  it('are all different', () => {
    expect(new Set(VECTORS.map((vector) => vector.canonical)).size).toBe(VECTORS.length)
    expect(new Set(VECTORS.map((vector) => vector.digest)).size).toBe(VECTORS.length)
  })
})

describe('canonicalText', () => {
  it('gives one text for every NaN, whatever its bits', () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8_0000_0000_0001n]).buffer)[0]
    expect(canonicalText(odd)).toBe(canonicalText(Number.NaN))
  })

  it('does not depend on the order in which properties were added', () => {
    expect(canonicalText({ a: 1, b: { c: 2, d: 3 } })).toBe(canonicalText({ b: { d: 3, c: 2 }, a: 1 }))
  })

  it('counts a property that is undefined as absent', () => {
    expect(canonicalText({ a: 1, b: undefined })).toBe(canonicalText({ a: 1 }))
    expect(canonicalText({ b: undefined })).toBe(canonicalText({}))
  })

  it('takes objects with and without a prototype as equal', () => {
    expect(canonicalText(Object.assign(Object.create(null), { a: 1 }))).toBe(canonicalText({ a: 1 }))
  })

  it('takes a Buffer and a view into a larger buffer as their bytes', () => {
    const view = new Uint8Array(new Uint8Array([9, 1, 2, 9]).buffer, 1, 2)
    expect(canonicalText(Buffer.from([1, 2]))).toBe(canonicalText(view))
    expect(canonicalText(view)).toBe('b2:0102')
  })

  it('keeps kinds apart that print alike', () => {
    const alike = [1, '1', 1n, true, [1], { 0: 1 }, new Uint8Array([1]), new Date(1), null, 'null', [], {}, '', [[]]]
    expect(new Set(alike.map((value) => canonicalText(value))).size).toBe(alike.length)
  })

  it('keeps lists apart whose items could be split otherwise', () => {
    const lists = [['ab', 'c'], ['a', 'bc'], ['abc'], ['a', 'b', 'c'], [['a'], 'b'], [['a', 'b']], ['s1:a', 's1:b']]
    expect(new Set(lists.map((value) => canonicalText(value))).size).toBe(lists.length)
  })

  it('writes a shared object at each place where it stands', () => {
    const shared = { a: 1 }
    expect(canonicalText([shared, shared])).toBe(canonicalText([{ a: 1 }, { a: 1 }]))
  })
})

describe('canonicalDigest', () => {
  it('keeps uses apart by their domain', () => {
    expect(canonicalDigest('structure', [1])).not.toBe(canonicalDigest('cache-key', [1]))
  })

  it('is 64 hex digits', () => {
    expect(canonicalDigest('vector', 'x')).toMatch(/^[0-9a-f]{64}$/)
  })
})
