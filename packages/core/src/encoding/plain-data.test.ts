import { runInNewContext } from 'node:vm'

import { describe, expect, it } from 'vitest'

import { isCairnError } from '../errors/cairn-error.ts'
import { canonicalText } from './canonical.ts'
import { MAX_DEPTH } from './plain-data.ts'
import { toTaggedJson } from './tagged-json.ts'

class Model {
  readonly gamma = 1
}

function refusal(value: unknown): { readonly path: unknown; readonly found: unknown } {
  try {
    canonicalText(value, 'Parameter "p"')
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_VALUE_NOT_PLAIN')) throw error
    expect(error.message).toContain('Parameter "p" holds')
    return { path: error.details['path'], found: error.details['found'] }
  }
  throw new Error('The value was accepted.')
}

const cyclic: Record<string, unknown> = { list: [] }
;(cyclic['list'] as unknown[]).push({ back: cyclic })

describe('a walk over plain data', () => {
  it.each([
    ['undefined', undefined, '', 'undefined'],
    ['undefined in an array', { a: [1, undefined] }, 'a.1', 'undefined'],
    // eslint-disable-next-line no-sparse-arrays -- a hole is what is tested
    ['a hole in an array', [1, , 3], '1', 'undefined'],
    ['a function', { a: { b: () => 1 } }, 'a.b', 'a function'],
    ['a class', [Model], '0', 'a function'],
    ['a symbol', { a: Symbol('s') }, 'a', 'a symbol'],
    ['a class instance', { model: new Model() }, 'model', 'an instance of Model'],
    ['a Map', [new Map()], '0', 'an instance of Map'],
    ['a Set', { s: new Set([1]) }, 's', 'an instance of Set'],
    ['a regular expression', /a/, '', 'an instance of RegExp'],
    ['an error', { e: new TypeError('x') }, 'e', 'an instance of TypeError'],
    ['a promise', { p: Promise.resolve(1) }, 'p', 'an instance of Promise'],
    ['a boxed number', { n: Object(1) as unknown }, 'n', 'an instance of Number'],
    ['a typed array other than bytes', { x: new Float64Array(1) }, 'x', 'an instance of Float64Array'],
    ['an ArrayBuffer', { x: new ArrayBuffer(1) }, 'x', 'an instance of ArrayBuffer'],
    ['a symbol key', { a: { [Symbol('k')]: 1 } }, 'a', 'an object with symbol keys'],
    ['inherited properties', Object.create({ gamma: 1 }), '', 'an instance of Object'],
    ['a reference to itself', cyclic, 'list.0.back', 'a reference to itself'],
    ['a date of another realm', { d: runInNewContext('new Date(0)') as unknown }, 'd', 'an instance of Date'],
    ['a name with dots, as it stands', { 'a.b': [() => 1] }, 'a.b.0', 'a function'],
  ])('refuses %s with its path', (_name, value, path, found) => {
    expect(refusal(value)).toEqual({ path, found })
  })

  it('refuses a getter and a setter without calling them', () => {
    const getter = {
      get gamma(): number {
        throw new Error('must not be called')
      },
    }
    const setter = { set gamma(_value: number) {} }
    expect(refusal([getter])).toEqual({ path: '0.gamma', found: 'an accessor' })
    expect(refusal(setter)).toEqual({ path: 'gamma', found: 'an accessor' })
  })

  it('refuses an array with named properties, as a match of a regular expression is', () => {
    expect(refusal({ m: 'abc'.match(/b/) })).toEqual({ path: 'm', found: 'an array with a property "index"' })
  })

  it('takes an object of another realm by what it holds', () => {
    expect(canonicalText(runInNewContext('({ a: [1] })'))).toBe(canonicalText({ a: [1] }))
  })

  it('takes a proxy for what it shows', () => {
    const proxy = new Proxy(
      { gamma: 1 },
      {
        getOwnPropertyDescriptor: (target, key) =>
          key === 'gamma'
            ? { value: 2, configurable: true, enumerable: true }
            : Object.getOwnPropertyDescriptor(target, key),
      },
    )
    expect(canonicalText(proxy)).toBe(canonicalText({ gamma: 2 }))
  })

  it('lets the fault of a proxy through instead of guessing a value', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(() => canonicalText({ proxy })).toThrow(TypeError)
  })

  it('accepts nesting up to the limit and refuses one level more with a short path', () => {
    const nested = (levels: number): unknown => {
      let value: unknown = 1
      for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
      return value
    }
    expect(canonicalText(nested(MAX_DEPTH))).toContain('d3ff')
    for (const levels of [MAX_DEPTH + 1, 10_000, 200_000]) {
      const { path, found } = refusal(nested(levels))
      expect(found).toBe('more than 1000 levels')
      expect(String(path).length).toBeLessThan(100)
    }
    expect(() => toTaggedJson(nested(10_000))).toThrow('more than 1000 levels')
  })
})
