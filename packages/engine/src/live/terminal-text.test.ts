import { stripVTControlCharacters } from 'node:util'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { flatText, printedText } from './terminal-text.ts'

const COLOUR = new RegExp(`${'\u001B'}\\[[\\d;:]*m`, 'g')

describe('a printed line', () => {
  it.each([
    ['plain, with Grüße', 'plain, with Grüße'],
    ['a\tb', 'a\tb'],
    ['\u001B[33mwarn\u001B[39m: x', '\u001B[33mwarn\u001B[39m: x\u001B[0m'],
    ['\u001B[31mnever ends', '\u001B[31mnever ends\u001B[0m'],
    ['up\u001B[2A and \u001B[2Jclear', 'up and clear'],
    ['\u001B]0;title\u0007x', 'x'],
    ['bell\u0007 back\b', 'bell back'],
    ['\u001B[?25lhidden', 'hidden'],
  ])('is shown of %j as %j', (line, text) => {
    expect(printedText(line)).toBe(text)
  })

  it('never moves the cursor', () => {
    const codes = fc.constantFrom('\u001B', '[', '2J', '1;31m', ']0;', '\u0007', 'x', '?25l', '\u009B', 'A', '\r', ' ')
    fc.assert(
      fc.property(fc.array(codes, { maxLength: 12 }), (parts) => {
        const left = printedText(parts.join('')).replaceAll(COLOUR, '')
        expect(left).not.toMatch(/(?!\t)\p{Cc}/u)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a text in a place of its own', () => {
  it('is flat', () => {
    expect(flatText('\u001B[1mepoch\t1\r\n of 2\u001B[0m')).toBe('epoch 1 of 2')
    expect(stripVTControlCharacters(flatText('\u001B[2A'))).toBe('')
  })
})
