import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { combinations } from './combinations.ts'
import { sweepAxes } from './sweep-axis.ts'

const labels = (
  given: readonly string[],
  options: Partial<Parameters<typeof combinations>[1]> = {},
): readonly string[] => combinations(sweepAxes('param', given), { most: 1000, ...options }).map(({ label }) => label)

describe('combinations of a sweep', () => {
  it('are all of them, the last parameter varying fastest', () => {
    expect(labels(['a=1,2', 'b=x,y'])).toEqual(['a=1 b=x', 'a=1 b=y', 'a=2 b=x', 'a=2 b=y'])
  })

  it('leave what does not vary out of their names, unless nothing does', () => {
    expect(labels(['a=1,2', 'b=x'])).toEqual(['a=1', 'a=2'])
    expect(labels(['b=x'])).toEqual(['b=x'])
    expect(labels([])).toEqual([''])
  })

  it('are refused where there are more than are allowed, or one parameter is given twice', () => {
    expect(() => labels(['a=1..50', 'b=1..50'])).toThrow('2500 runs')
    expect(labels(['a=1..50', 'b=1..50'], { sample: { size: 7, seed: 's' } })).toHaveLength(7)
    expect(() => labels(['a=1..5000', 'b=1..5000'], { sample: { size: 7, seed: 's' } })).toThrow('--random')
    expect(() => labels(['a=1', 'a=2'])).toThrow('--param a is given twice')
  })

  it('give the same sample for the same seed, in order and without repetition', () => {
    const given = ['a=1..10', 'b=1..10']
    const all = labels(given)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.string(), (size, seed) => {
        const sample = labels(given, { sample: { size, seed } })
        expect(sample).toEqual(labels(given, { sample: { size, seed } }))
        expect(sample).toHaveLength(Math.min(size, 100))
        expect(all.filter((label) => sample.includes(label))).toEqual(sample)
      }),
    )
  })
})
