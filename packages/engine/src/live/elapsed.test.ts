import { describe, expect, it } from 'vitest'

import { elapsed } from './elapsed.ts'

describe('elapsed', () => {
  it.each([
    [-5, '0.0s'],
    [0, '0.0s'],
    [999, '0.9s'],
    [59_999, '59.9s'],
    [60_000, '1m 00s'],
    [125_900, '2m 05s'],
    [3_599_999, '59m 59s'],
    [3_720_000, '1h 02m'],
    [360_000_000, '100h 00m'],
  ])('says %i ms as %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text)
  })
})
