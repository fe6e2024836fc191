import { isCairnError } from '@cairnml/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { sweptValues } from './swept-values.ts'

const valuesOf = (text: string): readonly unknown[] => sweptValues(text, `p=${text}`).map(({ json }) => json)

describe('values of a swept parameter', () => {
  it.each<[string, readonly unknown[]]>([
    ['0.1,0.2', [0.1, 0.2]],
    ['0.1', [0.1]],
    ['', ['']],
    ['true, false, null', [true, false, null]],
    ['adam,sgd', ['adam', 'sgd']],
    [' as it is ', [' as it is ']],
    ['[1,2]', [1, 2]],
    ['[[1,2]]', [[1, 2]]],
    ['[1],[2,3]', [[1], [2, 3]]],
    ['"a,b","c"', ['a,b', 'c']],
    ['{"a":1},{"a":2}', [{ a: 1 }, { a: 2 }]],
    ['1,1,1.0,2', [1, 1, 2]],
    ['12345678901234567890,1', ['12345678901234567890', 1]],
    ['0.1..0.5:0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['1..4', [1, 2, 3, 4]],
    ['5..1:-2', [5, 3, 1]],
    ['-1..1', [-1, 0, 1]],
    ['0..1:0.4', [0, 0.4, 0.8]],
    ['log:1e-3..1e-1:3', [0.001, 0.01, 0.1]],
    ['log:100..1:3', [100, 10, 1]],
    ['1..3,10', [1, 2, 3, 10]],
    ['2020-01-01..2020-02-01', ['2020-01-01..2020-02-01']],
    ['../data,./data', ['../data', './data']],
  ])('reads %j', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected)
  })

  it.each([
    ['0.1,,0.2', 'a value between commas is empty'],
    ['[]', 'the list is empty'],
    ['[a,b]', 'no JSON'],
    ['5..1', 'a step of 1 does not lead from 5 to 1'],
    ['1..5:0', 'a step of 0'],
    ['0..1:1e-9', 'at most'],
    ['log:0..1:3', 'above 0'],
    ['log:1..10', 'says how many'],
    ['log:1..10:1', 'says how many'],
    ['log:1..10:2.5', 'says how many'],
  ])('refuses %j before anything runs', (text, problem) => {
    expect(() => valuesOf(text)).toThrow(problem)
  })

  it('keeps any list of JSON values that differ', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.jsonValue(), { minLength: 2, selector: (json) => JSON.stringify(json) }),
        (list) => {
          const texts = list.map((json) => (typeof json === 'string' ? json : JSON.stringify(json)))
          fc.pre(new Set(texts).size === texts.length)
          expect(JSON.stringify(valuesOf(JSON.stringify(list)))).toBe(JSON.stringify(list))
        },
      ),
    )
  })

  it('reads any text, or refuses it with a code', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(valuesOf(text).length).toBeGreaterThan(0)
        } catch (error) {
          if (!isCairnError(error, 'CAIRN_SWEEP_VALUES')) throw error
        }
      }),
    )
  })
})
