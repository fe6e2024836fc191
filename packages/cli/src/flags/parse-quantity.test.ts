import { describe, expect, it } from 'vitest'

import { countFlag, durationFlag, sizeFlag } from './parse-quantity.ts'

describe('sizeFlag', () => {
  it.each([
    ['0B', 0],
    ['10b', 10],
    ['500MB', 500_000_000],
    ['1.5 GB', 1_500_000_000],
    ['2GiB', 2_147_483_648],
    ['0.5kib', 512],
    ['3tb', 3e12],
  ])('reads %s as %d bytes', (given, bytes) => expect(sizeFlag('--max-size', given)).toBe(bytes))

  it.each(['', '5', 'GB', '-1GB', '5 G', '5GBs', '1,5GB', '1e3MB', '5iB'])('refuses %j and says what fits', (given) => {
    expect(() => sizeFlag('--max-size', given)).toThrow(
      `--max-size cannot be "${given}"; it is a size like 500MB, 5GB or 2GiB.`,
    )
  })
})

describe('durationFlag', () => {
  it('reads a duration, and refuses what is none', () => {
    expect(durationFlag('--older-than', '30d')).toBe(30 * 86_400_000)
    for (const given of ['30', '30 days', 'd', '-1d', '0d']) {
      expect(() => durationFlag('--older-than', given)).toThrow(
        `--older-than cannot be "${given}"; it is a duration like 90m, 12h or 30d.`,
      )
    }
  })
})

describe('countFlag', () => {
  it('reads a whole number, and refuses what is none or too small', () => {
    expect(countFlag('--keep-last', '0', 0)).toBe(0)
    for (const given of ['', '-1', '1.5', '0x10', 'two', '99999999999', '0']) {
      expect(() => countFlag('--limit', given, 1)).toThrow(`--limit cannot be "${given}"; it is a whole number from 1.`)
    }
  })

  it('is absent where the option is', () => {
    expect([sizeFlag('--a', undefined), durationFlag('--b', undefined), countFlag('--c', undefined, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
