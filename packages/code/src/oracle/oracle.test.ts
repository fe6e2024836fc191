import { describe, expect, it } from 'vitest'

import { ALL_CASES } from '../cases/all-cases.ts'
import { outcomeOf, type VariantOutcome } from './case-outcome.fixture.ts'
import { DIFFERENT_IN_BUNDLE, NOT_RUN } from './known-differences-data.fixture.ts'

const CASES = Object.values(ALL_CASES)
  .flat()
  .filter(({ want }) => want !== 'nocache')

function isRun({ inProject }: VariantOutcome): boolean {
  return !('notRun' in inProject)
}

describe.concurrent('a step that is really run before and after an edit', { timeout: 60_000 }, () => {
  it.each(CASES.map((one) => [one.name, one] as const))('where %s', async (name, one) => {
    const before = await outcomeOf(one, false)
    const after = await outcomeOf(one, true)
    if (NOT_RUN.some(([pattern]) => pattern.test(name))) {
      expect(isRun(before) && isRun(after)).toBe(false)
      return
    }
    expect([before.inProject, after.inProject]).not.toContainEqual({ notRun: expect.anything() })
    if (before.identity !== undefined && before.identity === after.identity) {
      expect(after.inProject).toEqual(before.inProject)
    }
    const expected = name in DIFFERENT_IN_BUNDLE ? 'different' : 'the same'
    const isSame = [before, after].every((one) => JSON.stringify(one.inBundle) === JSON.stringify(one.inProject))
    expect(isSame ? 'the same' : 'different', JSON.stringify([before, after])).toBe(expected)
  })
})

describe('the lists of differences', () => {
  it.each(NOT_RUN.map(([pattern, why]) => [why, pattern] as const))('name a case where %s', (_, pattern) => {
    expect(CASES.filter(({ name }) => pattern.test(name))).not.toEqual([])
  })

  it.each(Object.keys(DIFFERENT_IN_BUNDLE))('name a case: %s', (name) => {
    expect(CASES.map((one) => one.name)).toContain(name)
  })
})
