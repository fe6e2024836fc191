import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { locateCall } from './locate-call.ts'

/** The call at the mark `^`, which is taken out of the text. */
function callAt(marked: string): ReturnType<typeof locateCall> {
  const lines = marked.split('^')[0]?.split(/\r\n|[\n\r\u2028\u2029]/) ?? []
  return locateCall(marked.replace('^', ''), lines.length, (lines.at(-1)?.length ?? 0) + 1)
}

describe('a call', () => {
  it.each([
    ['^step({})', 'step'],
    ['x = ^step<A, (b: C) => D<E>>({})', 'step'],
    ['cairn.^step({})', 'step'],
    ['^cairn.step({})', 'step'],
    ['a\r\nb\u2028c\r  ^step /* why */ ({})', 'step'],
    ['^step?.({})', 'step'],
    ['^größe$({})', 'größe$'],
    ['^step!({})', 'step'],
    ['^step! <A>({})', 'step'],
    ['step?.^({})', ''],
    ['^step?.<A>({})', 'step'],
    ['(step as any)^({})', 'step'],
    ['(^step as any)({})', 'step'],
    ['(^cairn.step as any) ({})', 'step'],
    ['(0, cairn_1.^step)({})', 'step'],
    ['(step satisfies (a: B) => C)^({})', 'step'],
    ['(<Any>step)^({})', 'step'],
    ['(0, cairn_1.step)^({})', 'step'],
    ['(0, step)/* why */^({})', ''],
    ['(step as any)<A>^({})', ''],
    ["local['step']^({})", ''],
    ['make()^({})', ''],
    ['(a ?? b)^({})', ''],
    ['this.#step^({})', ''],
  ])('is found in "%s"', (text, callee) => {
    expect(callAt(text)?.callee).toBe(callee)
  })

  it.each([
    's^tep({})',
    'step^({})',
    '^step',
    '^step + (1)',
    '^"step"({})',
    'x^ = step()',
    '#^step()',
    'step()\n^',
    'if ^(x)',
    '(^step as any)',
    '(f(^step))({})',
    '(^a, step)()',
    '^(x)',
    'x = ^(y)',
  ])('is not found in "%s"', (text) => {
    expect(callAt(text)).toBeUndefined()
  })

  it('starts where the object that it is a member of starts', () => {
    expect(callAt('x = cairn . ^step({})')).toMatchObject({ start: 4, nameStart: 12, open: 16 })
    expect(callAt('x = ^cairn.step({})')).toMatchObject({ start: 4, nameStart: 10 })
  })

  it('stands where its last name starts, or else its arguments', () => {
    expect(callAt('x; (cairn.step as any)^({})')).toMatchObject({ start: 3, nameStart: 10, open: 22 })
    expect(callAt("x; steps['step']^({})")).toMatchObject({ start: 16, nameStart: 16, open: 16 })
  })

  it('is numbered by the names before it, whatever the formatting', () => {
    expect(callAt('step(1); ^step(2)')?.ordinal).toBe(1)
    expect(callAt('step(\n1\n)\n\n\n^step(2)')?.ordinal).toBe(1)
    expect(callAt('steps(1); mystep(2); ^step(2)')?.ordinal).toBe(0)
  })

  it('is not found inside of a character that takes two code units', () => {
    expect(locateCall('𝒳 (', 1, 1)?.callee).toBe('𝒳')
    expect(locateCall('𝒳 (', 1, 2)).toBeUndefined()
  })

  it('is found or not, whatever the text and the position', () => {
    const piece = fc.constantFrom(' ', '\n', '\r', '\u2028', ...'step < > ( . ?. /* */ // = 𝒳'.split(' '))
    const text = fc.array(piece).map((pieces) => pieces.join(''))
    const check = (code: string, line: number, column: number): void => {
      const call = locateCall(code, line, column)
      expect(call === undefined || code.startsWith(call.callee, call.nameStart)).toBe(true)
    }
    fc.assert(fc.property(text, fc.integer({ min: -1, max: 6 }), fc.integer({ min: -1, max: 30 }), check), {
      numRuns: 1000,
    })
  })
})
