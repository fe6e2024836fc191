import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Span } from '../summary/module-summary.ts'
import { layOut, replaced, type KeptPiece } from './lay-out.ts'

const piece = (text: string, range: Span, around: Partial<KeptPiece> = {}): KeptPiece => {
  return { range, text: text.slice(...range), ...around }
}

describe('a laid out text', () => {
  it('has its pieces where they were and spaces elsewhere', () => {
    const text = 'one two\nthree four\r\nfive'
    expect(layOut(text, [0, text.length], [piece(text, [4, 7]), piece(text, [14, 18])])).toBe(
      '    two\n      four\r\n    ',
    )
  })

  it('has tokens in the space between', () => {
    const text = 'export const a = step({\n  x: f,\n}).implement(g)'
    const pieces = [
      piece(text, [29, 30], { before: ['var ', 'x', '=[('] }),
      piece(text, [45, 46], { before: ['),('], after: [')]', ';'] }),
    ]
    expect(layOut(text, [0, text.length], pieces)).toBe(
      ['var x=[(               ', '     f ', '),(          g)]; '].join('\n'),
    )
  })

  it('moves as little as possible where there is no room', () => {
    const text = 'a\nb'
    const pieces = [piece(text, [0, 1], { after: [';'] }), piece(text, [2, 3], { before: ['var '] })]
    expect(layOut(text, [0, 3], pieces)).toBe('a;\nvar b')
  })

  it('has the same lines, and all pieces and tokens in order', () => {
    const words = fc.array(fc.constantFrom('a', 'bc', 'def', '\n', ' ', '\r\n'), { minLength: 1, maxLength: 40 })
    const token = fc.constantFrom(';', '),(', 'long_token')
    fc.assert(
      fc.property(words, fc.array(fc.tuple(fc.nat(), fc.nat(3), token, token), { maxLength: 4 }), (list, wanted) => {
        const text = list.join('')
        const starts = wanted.map(([at]) => at % text.length).toSorted((a, b) => a - b)
        const pieces = starts.flatMap((start, index) => {
          const end = Math.min(start + (wanted[index]?.[1] ?? 0), starts[index + 1] ?? text.length)
          return [piece(text, [start, end], { before: [wanted[index]?.[2] ?? ''], after: [wanted[index]?.[3] ?? ''] })]
        })
        const out = layOut(text, [0, text.length], pieces)
        expect(out.split('\n').length).toBe(text.split('\n').length)
        const expected = pieces
          .flatMap(({ before = [], text: kept, after = [] }) => [...before, kept, ...after])
          .join('')
        expect(out.replace(/\s/g, '')).toBe(expected.replace(/\s/g, ''))
      }),
    )
  })
})

describe('a replaced expression', () => {
  it('starts on the same line and has as many', () => {
    expect(replaced('step({\n  name,\n})', '$cut(12)')).toBe('$cut(12)\n       \n  ')
    expect(replaced('step({ name: 1 })', '$cut(12)')).toBe('$cut(12)         ')
  })
})
