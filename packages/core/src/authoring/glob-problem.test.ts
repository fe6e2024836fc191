import nodePath from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { globProblem } from './glob-problem.ts'

describe('globProblem', () => {
  it.each([
    ['data/*.csv'],
    ['data/[ab].csv'],
    ['data/[!a-z].csv'],
    ['data/[]].csv'],
    ['data/[[].csv'],
    ['data/{a,b/{c,d}}.csv'],
    ['data/!(a|b).csv'],
    ['data/a(1).csv'],
    ['data/a).csv'],
    ['data/a].csv'],
    [String.raw`data/\[a.csv`],
    ['odd [1]/g.csv'],
  ])('has nothing against %s', (pattern) => {
    expect(globProblem(pattern)).toBeUndefined()
  })

  it.each([
    ['data/[.csv', '['],
    ['data/[a/b].csv', '['],
    ['data/[].csv', '['],
    ['data/{a,b.csv', '{'],
    ['data/{a,{b,c}.csv', '{'],
    ['data/@(a|b.csv', '('],
  ])('says of %s which bracket is not closed', (pattern, bracket) => {
    expect(globProblem(pattern)).toContain(`"${bracket}" begins `)
    expect(globProblem(pattern)).toContain(` is not closed in "${pattern}"`)
  })

  it('takes the way out that it names', () => {
    expect(globProblem('data/[[].csv')).toBeUndefined()
    expect(nodePath.matchesGlob('data/[.csv', 'data/[[].csv')).toBe(true)
    expect(nodePath.matchesGlob('data/{.csv', 'data/[{].csv')).toBe(true)
  })

  it('ends for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '(', ')', '!', '/', '\\', 'a', '*') })
    fc.assert(
      fc.property(text, (pattern) => {
        const problem = globProblem(pattern)
        if (!/[[{(]/.test(pattern)) expect(problem).toBeUndefined()
        else expect(['undefined', 'string']).toContain(typeof problem)
      }),
    )
  })
})
