import { describe, expect, it } from 'vitest'

import { ListedSet } from './listed-set.ts'

describe('a set that is a list', () => {
  it.each([3, 40])('holds each of %i things once, in the order in which they came', (count) => {
    const set = new ListedSet<number>()
    const given = Array.from({ length: count }, (_, index) => count - index)
    const isNew = [...given, ...given].map((item) => set.add(item))
    expect(isNew).toEqual([...given.map(() => true), ...given.map(() => false)])
    expect(set.items).toEqual(given)
    expect(set.size).toBe(count)
  })

  it('knows what it does not hold', () => {
    const set = new ListedSet<string>()
    expect(set.has('a')).toBe(false)
    set.add('a')
    expect([set.has('a'), set.has('b')]).toEqual([true, false])
  })
})
