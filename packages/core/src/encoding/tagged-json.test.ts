import { describe, expect, it } from 'vitest'

import { fromTaggedJson, toTaggedJson, type Json } from './tagged-json.ts'

describe('toTaggedJson', () => {
  it('leaves what JSON can hold as it is', () => {
    const value = { a: [1, -1.5, 'text', true, null], b: {} }
    expect(toTaggedJson(value)).toEqual(value)
  })

  it('tags what JSON cannot hold', () => {
    expect(toTaggedJson([-0, Number.NaN, Number.POSITIVE_INFINITY, 7n, new Date(0), new Uint8Array([1, 2])])).toEqual([
      { $number: '-0' },
      { $number: 'NaN' },
      { $number: 'Infinity' },
      { $bigint: '7' },
      { $date: '1970-01-01T00:00:00.000Z' },
      { $bytes: 'AQI=' },
    ])
  })

  it('wraps an object that could be taken for a tag', () => {
    expect(toTaggedJson({ $date: 'no date' })).toEqual({ $object: { $date: 'no date' } })
  })

  it('keeps a property named __proto__', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":true}}')
    expect(JSON.stringify(toTaggedJson(value))).toBe('{"__proto__":{"polluted":true}}')
    const back = fromTaggedJson(JSON.parse('{"__proto__":{"polluted":true}}') as Json)
    expect(Object.keys(back as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('names the place of what is not plain data', () => {
    expect(() => toTaggedJson({ a: [() => 1] }, 'Metadata')).toThrow('Metadata holds a function at "a.0"')
  })
})

describe('fromTaggedJson', () => {
  it('reads dates at the ends of what a Date can hold', () => {
    for (const time of [8.64e15, -8.64e15, 0, -1]) {
      expect(fromTaggedJson(toTaggedJson(new Date(time)))).toEqual(new Date(time))
    }
    expect(fromTaggedJson({ $date: 'invalid' })).toEqual(new Date(Number.NaN))
  })

  it('takes an object with several properties for one, whatever their names', () => {
    expect(fromTaggedJson({ $number: '1', other: 2 })).toEqual({ $number: '1', other: 2 })
  })

  it.each([{ $unknown: 'x' }, { $number: 1 }, { $object: 'x' }, { $object: null }, { $bytes: [] }])(
    'refuses %j',
    (json) => {
      expect(() => fromTaggedJson(json)).toThrow(TypeError)
    },
  )
})
