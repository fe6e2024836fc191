import fc from 'fast-check'
import { expect, it } from 'vitest'

import { sampleOf } from './sample.ts'

const names = fc.uniqueArray(fc.string(), { minLength: 1 })
const nameOf = (name: string): string => name

it('takes as many as asked for, at least one, in their order', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 200 }), fc.string(), (items, count, seed) => {
      const taken = sampleOf(items, { count }, { seed, nameOf })
      expect(taken).toHaveLength(Math.min(count, items.length))
      expect(taken).toEqual(items.filter((item) => taken.includes(item)))
    }),
  )
})

it('takes a share, rounded up', () => {
  const items = Array.from({ length: 41 }, (_, index) => `step_${index}`)
  const by = { seed: 'a', nameOf }
  expect(sampleOf(items, { share: 0.05 }, by)).toHaveLength(3)
  expect(sampleOf(items, { share: 1 }, by)).toEqual(items)
})

it('takes the same for the same seed, and others for another one', () => {
  const items = Array.from({ length: 100 }, (_, index) => `step_${index}`)
  const sample = (seed: string): readonly string[] => sampleOf(items, { count: 5 }, { seed, nameOf })
  expect(sample('a')).toEqual(sample('a'))
  expect(sample('a')).not.toEqual(sample('b'))
})
