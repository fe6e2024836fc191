import { isCairnError } from '@cairnml/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseWhere } from './parse-where.ts'

function problemOf(text: string): { readonly position: unknown; readonly problem: unknown } {
  try {
    parseWhere(text)
  } catch (error) {
    if (isCairnError(error, 'CAIRN_WHERE_INVALID')) return error.details as ReturnType<typeof problemOf>
    throw error
  }
  throw new Error('it is read')
}

describe('a condition', () => {
  it.each([
    ['metrics.acc > 0.9', { field: 'metrics.acc', is: '>', value: 0.9 }],
    ['metrics.acc>=-1e-3', { field: 'metrics.acc', is: '>=', value: -0.001 }],
    ['params.model.kind = svc', { field: 'params.model.kind', is: '=', value: 'svc' }],
    ["params.code == '007'", { field: 'params.code', is: '=', value: '007' }],
    ['metrics."top 5" < 1', { field: 'metrics.top 5', is: '<', value: 1 }],
    ['name ^= NIGHTLY', { field: 'nameKey', is: '^=', value: 'nightly' }],
    ['status != failed', { field: 'status', is: '!=', value: 'failed' }],
    ['version = 2', { field: 'version', is: '=', value: 2 }],
    ['duration > 90', { field: 'durationMs', is: '>', value: 90_000 }],
    ['duration > 2m', { field: 'durationMs', is: '>', value: 120_000 }],
    ['started >= 2026-11-20', { field: 'startedAt', is: '>=', value: new Date(2026, 10, 20).getTime() }],
    ['started < 2026-11-20T12:00Z', { field: 'startedAt', is: '<', value: Date.UTC(2026, 10, 20, 12) }],
    ['tag = "and"', { field: 'tag', is: '=', value: 'and' }],
  ])('%s is read', (text, condition) => {
    expect(parseWhere(text)).toEqual(condition)
  })

  it('binds "and" tighter than "or", and parentheses tightest', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((value) => ({ field: 'tag', is: '=', value }))
    expect(parseWhere('tag = a and tag = b or tag = c')).toEqual({ any: [{ all: [a, b] }, c] })
    expect(parseWhere('tag = a AND (tag = b Or tag = c)')).toEqual({ all: [a, { any: [b, c] }] })
  })
})

describe('what is no condition', () => {
  it.each([
    ['', 1, 'a field is expected, like metrics.acc'],
    ['metrics.acc >', 14, 'a value is missing'],
    ['metrics.acc', 12, 'a comparison is expected after "metrics.acc", like = or >'],
    ['tag = a tag = b', 9, '"and", "or" or the end is expected, not "tag"'],
    ['(tag = a', 9, 'a parenthesis is not closed'],
    ['tag = a)', 8, '"and", "or" or the end is expected, not ")"'],
    ['tag = "a', 7, 'a quote is not closed'],
    ['tag => a', 5, 'there is no comparison "=>", only = != < <= > >= ^='],
    ['version = two', 11, 'a version is a whole number, not "two"'],
    ['started > yesterday', 11, 'a start is a date like 2026-11-20 or 2026-11-20T12:05, not "yesterday"'],
    ['duration > long', 12, 'a duration is a number of seconds or like 90s, 2m, 1h, not "long"'],
  ])('%j is refused at character %i', (text, position, problem) => {
    expect(problemOf(text)).toMatchObject({ position, problem })
  })

  it('is told the nearest field or the known states', () => {
    expect(problemOf('stauts = failed').problem).toContain('did you mean "status"')
    expect(problemOf('acc > 1').problem).toContain('metrics.<name>')
    expect(problemOf('tag = a and status = bad')).toMatchObject({ position: 22 })
    expect(problemOf('__proto__ = 1').problem).toContain('there is no field')
  })

  it('is refused where it is too long or too deep', () => {
    expect(problemOf('('.repeat(100))).toMatchObject({ position: 21 })
    expect(problemOf(`tag = ${'a'.repeat(3000)}`)).toMatchObject({ problem: 'it has more than 2000 characters' })
  })

  it('is refused with a code, whatever it is', () => {
    const piece = fc.constantFrom('tag', 'metrics.a', '=', '>', '!', '(', ')', 'and', 'or', '"', "'", '1', ' ', '^=')
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((parts) => parts.join(' ')),
      fc.array(piece).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        try {
          parseWhere(given)
        } catch (error) {
          expect(error).toMatchObject({ code: 'CAIRN_WHERE_INVALID' })
        }
      }),
      { numRuns: 2000 },
    )
  })
})
