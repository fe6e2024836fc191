import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { nearestName } from './nearest.ts'

describe('nearestName', () => {
  const known = ['gamma', 'learningRate', 'epochs', 'x', 'y']

  it.each([
    ['gama', 'gamma'],
    ['GAMMA', 'gamma'],
    ['gmaam', undefined],
    ['learning_rate', 'learningRate'],
    ['epoch', 'epochs'],
    ['entirely-different', undefined],
  ])('answers %j with %j', (given, expected) => {
    expect(nearestName(given, known)).toBe(expected)
  })

  it('knows nothing near where nothing is known', () => {
    expect(nearestName('gamma', [])).toBeUndefined()
  })

  it('prefers the smallest distance and, among equals, the first', () => {
    expect(nearestName('train', ['trainer', 'trains', 'strain'])).toBe('trains')
  })

  it('finds every known name with one typing mistake', () => {
    const name = fc.stringMatching(/^[a-z]{4,20}$/)
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('drop', 'double', 'change'), (word, place, mistake) => {
        const at = place % word.length
        const changed = { drop: '', double: word.charAt(at).repeat(2), change: '_' }[mistake]
        expect(nearestName(word.slice(0, at) + changed + word.slice(at + 1), [word])).toBe(word)
      }),
    )
  })
})
