import { expect, it } from 'vitest'

import { randomNumbers, shuffled } from './random.ts'

it('gives numbers that fill the space from 0 to 1 evenly', () => {
  const random = randomNumbers(1)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let at = 0; at < 10_000; at++) counts[Math.floor(random() * 10)]! += 1
  expect(Math.min(...counts)).toBeGreaterThan(900)
})

it('puts numbers in another order and loses none', () => {
  const order = shuffled(100, randomNumbers(1))
  expect(order.toSorted()).toEqual(Uint32Array.from({ length: 100 }, (_, at) => at))
  expect(order).not.toEqual(order.toSorted())
})
