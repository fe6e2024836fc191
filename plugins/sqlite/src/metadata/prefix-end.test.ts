import fc from 'fast-check'
import { expect, it } from 'vitest'

import { prefixEnd } from './prefix-end.ts'

const inBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

it('the end of a prefix is the first text behind all that start with it', () => {
  expect(prefixEnd('a')).toBe('b')
  expect(prefixEnd('a\u{10ffff}\u{10ffff}')).toBe('b')
  expect(prefixEnd('\u{1f600}')).toBe('\u{1f601}')
  expect(prefixEnd('\ud7ff')).toBe('\ue000')
  expect(prefixEnd('a\uffff')).toBe('a\u{10000}')
  expect(prefixEnd('a\ud800')).toBe('a\ufffe')
})

it('there is no end of a prefix behind which no text is', () => {
  expect(prefixEnd('')).toBeUndefined()
  expect(prefixEnd('\u{10ffff}\u{10ffff}')).toBeUndefined()
})

it('a text starts with a prefix exactly where it lies between the prefix and its end', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', '\u{10ffff}', '\ud7ff', '\uffff'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 4,
  })
  fc.assert(
    fc.property(text, text, (prefix, found) => {
      const end = prefixEnd(prefix)
      const isBetween = inBytes(found, prefix) >= 0 && (end === undefined || inBytes(found, end) < 0)
      expect(isBetween).toBe(found.startsWith(prefix))
    }),
  )
})
