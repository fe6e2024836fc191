import { describe, expect, it } from 'vitest'

import { formatAge, formatBytes, formatCount, formatDuration } from './quantities.ts'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_234_567_890, '1.2 GB'],
    [5e18, '5000 PB'],
  ])('writes %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
})

describe('formatDuration', () => {
  it.each([
    [0, '0.00s'],
    [51, '0.05s'],
    [2345, '2.3s'],
    [59_949, '59.9s'],
    [59_950, '1m 0s'],
    [250_000, '4m 10s'],
    [3_600_000, '1h 0m'],
    [187_200_000, '2d 4h'],
  ])('writes %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
})

describe('formatAge', () => {
  it.each([
    [-5, 'now'],
    [59_999, 'now'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [172_799_999, '47 h ago'],
    [172_800_000, '2 d ago'],
  ])('writes %d ms as %s', (ms, text) => expect(formatAge(ms)).toBe(text))
})

describe('formatCount', () => {
  it('agrees with the number', () => {
    expect([0, 1, 2].map((count) => formatCount(count, 'entry', 'entries'))).toEqual([
      '0 entries',
      '1 entry',
      '2 entries',
    ])
  })
})
