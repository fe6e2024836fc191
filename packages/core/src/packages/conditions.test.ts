import { expect, it } from 'vitest'

import { NODE_CONDITIONS, processConditions } from './conditions.ts'

it.each([
  [[], '', []],
  [['--conditions=a', '-C', 'b', '--conditions', 'c', '-C=d', '--no-warnings'], '', ['a', 'b', 'c', 'd']],
  [['-C', 'a'], '--max-old-space-size=1 --conditions=b  -C "c d" --conditions="e"', ['b', 'c d', 'e', 'a']],
  [['-C'], '--conditions', []],
] as const)('flags %j with NODE_OPTIONS %j add the conditions %j', (flags, nodeOptions, expected) => {
  expect(processConditions(flags, nodeOptions)).toEqual([...expected, ...NODE_CONDITIONS])
})
