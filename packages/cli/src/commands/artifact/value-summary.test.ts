import { expect, it } from 'vitest'

import { valueJson, valueLines } from './value-summary.ts'

it.each<[unknown, string]>([
  ['text', 'text'],
  [{ a: [1] }, '{\n  "a": [\n    1\n  ]\n}'],
  [0.5, '0.5'],
  [new Float64Array([1, 2, 3]), 'float64 of shape (3), min 1, max 3, mean 2\n[1, 2, 3]'],
  [{ shape: [2, 1], data: new Int32Array([1, 3]) }, 'int32 of shape (2, 1), min 1, max 3, mean 2\n[1, 3]'],
  [new Float64Array(0), 'float64 of shape (0)\n[]'],
  [new BigInt64Array([5n]), 'bigint64 of shape (1), min 5, max 5, mean 5\n[5]'],
  [new Uint8Array(3), '3 bytes; --raw prints them'],
  [[new Float64Array([1])], '[0] float64 of shape (1), min 1, max 1, mean 1\n[1]'],
])('the value %o is printed for people', (value, text) => {
  expect(valueLines(value)).toBe(text)
})

it('the first values of a long array are shown', () => {
  expect(valueLines(Float64Array.from({ length: 100 }, (_, at) => at))).toMatch(/\n\[0, 1, 2, 3, 4, 5, 6, 7, \.\.\.\]$/)
})

it('numbers that JSON cannot hold are their names', () => {
  const value = valueJson(new Float64Array([Number.NaN, 1]))
  expect(JSON.parse(JSON.stringify(value))).toMatchObject({
    dtype: 'float64',
    shape: [2],
    first: ['NaN', 1],
    mean: 'NaN',
  })
})
