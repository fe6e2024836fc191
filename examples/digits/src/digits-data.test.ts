import { expect, it } from 'vitest'

import { readDigits, splitDigits } from './digits-data.ts'

const perDigit = (labels: Float64Array): number[] =>
  Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length)

it('reads all digits and splits them without shuffling', async () => {
  const digits = await readDigits()
  const { train, test } = splitDigits(digits)

  expect(digits.x.shape).toEqual([1797, 64])
  expect(train.x.shape).toEqual([1437, 64])
  expect(test.x.shape).toEqual([360, 64])
  expect(perDigit(train.y)).toEqual([143, 146, 142, 146, 144, 145, 144, 143, 141, 143])
  expect(perDigit(test.y)).toEqual([35, 36, 35, 37, 37, 37, 37, 36, 33, 37])
  expect(test.x.data.subarray(-64)).toEqual(digits.x.data.subarray(-64))
})
