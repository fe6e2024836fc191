import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseDuration } from './duration.ts'

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['1.5h', 5_400_000],
    ['0.25s', 250],
  ])('reads %s as %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    '',
    '10',
    'm',
    '0s',
    '0.0h',
    '-1s',
    '1 s',
    ' 1s',
    '1s ',
    '1S',
    '1e3s',
    '1.s',
    '.5s',
    '1y',
    '1s1s',
    '１s',
    'Infinitys',
  ])('does not take %j for one', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it.each([undefined, null, 10, true, {}, ['1s'], `${'9'.repeat(400)}d`])('does not take %j for one', (value) => {
    expect(parseDuration(value)).toBeUndefined()
  })

  it('gives a positive number of milliseconds or nothing for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,5}(ms|s|m|h|d|w)?$/)), (text) => {
        const ms = parseDuration(text)
        expect(ms === undefined || (Number.isFinite(ms) && ms > 0)).toBe(true)
      }),
    )
  })
})
