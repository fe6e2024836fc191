import { describe, expect, it } from 'vitest'

import { DEFAULT_RUN_NAME, fillRunName, preciseNowMs } from './run-name.ts'

const nowMs = new Date(2023, 1, 19, 11, 7, 9, 326).getTime() + 0.4925
const fill = (template: string, substitutions = {}): string =>
  fillRunName(template, { pipeline: 'mnist', substitutions, nowMs })

describe('fillRunName', () => {
  it.each([
    [DEFAULT_RUN_NAME, 'mnist-2023_02_19-11_07_09_326492'],
    ['nightly_{{date}}_{{time}}', 'nightly_2023_02_19_11_07_09_326492'],
    ['{{ date }}', '2023_02_19'],
    ['plain', 'plain'],
    ['{{pipeline}}.{{pipeline}}', 'mnist.mnist'],
  ])('fills %s as %s', (template, name) => {
    expect(fill(template)).toBe(name)
  })

  it('writes every field with leading zeros', () => {
    const at = new Date(2024, 0, 2, 3, 4, 5, 6).getTime() + 0.0075
    const facts = { pipeline: 'p', substitutions: {}, nowMs: at }
    expect(fillRunName('{{date}}-{{time}}', facts)).toBe('2024_01_02-03_04_05_006007')
  })

  it('fills own placeholders', () => {
    expect(fill('{{team}}_{{date}}', { team: 'vision' })).toBe('vision_2023_02_19')
  })

  it('does not fill what a substitution holds', () => {
    expect(() => fill('{{team}}', { team: '{{date}}' })).toThrow(
      expect.objectContaining({ code: 'CAIRN_NAME_INVALID' }),
    )
  })

  it('refuses an unknown placeholder and names the nearest', () => {
    expect(() => fill('{{tame}}', { team: 'vision' })).toThrow(/"tame"\. Did you mean "(team|time)"\?/)
    expect(() => fill('{{constructor}}')).toThrow(expect.objectContaining({ code: 'CAIRN_RUN_OPTION_UNKNOWN' }))
  })

  it.each(['', '{{date', 'a b', 'a/b', '-a', 'con', 'x'.repeat(101)])('refuses %j as a name', (template) => {
    expect(() => fill(template)).toThrow(expect.objectContaining({ code: 'CAIRN_NAME_INVALID' }))
  })

  it('refuses what is no text', () => {
    // Sound: plain JavaScript can hand in anything.
    expect(() => fill(7 as unknown as string)).toThrow(expect.objectContaining({ code: 'CAIRN_NAME_INVALID' }))
  })
})

describe('preciseNowMs', () => {
  it('tells the time of the clock that records use, with fractions of a millisecond', () => {
    const before = Date.now()
    const instants = Array.from({ length: 50 }, preciseNowMs)
    const after = Date.now()
    for (const instant of instants) {
      expect(Math.floor(instant)).toBeGreaterThanOrEqual(before)
      expect(Math.floor(instant)).toBeLessThanOrEqual(after)
    }
    expect(instants.some((instant) => instant % 1 > 0)).toBe(true)
  })
})
