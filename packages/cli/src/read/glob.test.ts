import fc from 'fast-check'
import { expect, it } from 'vitest'

import { fitsGlob } from './glob.ts'

it.each([
  ['train', 'train', true],
  ['train_2', 'train*', true],
  ['train_2', 'train', false],
  ['a', '?', true],
  ['', '*', true],
  ['', '', true],
  ['abcabd', '*abd', true],
  ['abc', 'a*b', false],
  ['a.b', 'a?b', true],
  ['a+b', 'a+b', true],
])('%j against %j is %s', (name, pattern, fits) => {
  expect(fitsGlob(name, pattern)).toBe(fits)
})

it('fits as the regular expression of it does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 })
  fc.assert(
    fc.property(text, pattern, (name, glob) => {
      const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')
      expect(fitsGlob(name, glob)).toBe(new RegExp(`^${source}$`).test(name))
    }),
  )
})
