import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cutText, textWidth } from './text-width.ts'

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['Grüße', 5],
    ['e\u0301', 1],
    ['日本', 4],
    ['🗿', 2],
    ['👩‍👩‍👧', 2],
    ['⠙ ━─…', 5],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})

describe('a cut text', () => {
  it.each([
    ['plain', 3, 'pla'],
    ['Āb ', 1, 'Ā'],
    ['日本', 3, '日'],
    ['a👩‍👩‍👧b', 2, 'a'],
    ['a👩‍👩‍👧b', 3, 'a👩‍👩‍👧'],
    ['e\u0301e\u0301', 1, 'e\u0301'],
  ])('is of %j in %i columns %j', (text, limit, cut) => {
    expect(cutText(text, limit).text).toBe(cut)
  })

  it('fits, and is as long as it can be', () => {
    const property = fc.property(fc.string({ unit: 'grapheme' }), fc.nat(12), (text, limit) => {
      const cut = cutText(text, limit)
      expect(cut.width).toBeLessThanOrEqual(limit)
      expect(text.startsWith(cut.text)).toBe(true)
      expect(textWidth(cut.text)).toBe(cut.width)
      if (cut.text !== text) expect(cut.width).toBeGreaterThanOrEqual(limit - 1)
    })
    fc.assert(property, { numRuns: 500 })
  })
})
