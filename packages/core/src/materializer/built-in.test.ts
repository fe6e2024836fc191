import { expect, it } from 'vitest'

import { builtInType } from './built-in.ts'
import { portTypeName } from './port.ts'

it.each([
  'json@1',
  'text@1',
  'matrix@1',
  'float64-array@1',
  'bigint64-array@1',
  'directory@1',
  'file@1',
  'file.tar.gz@1',
])('the type %s is one of Cairn itself', (name) => {
  const type = builtInType(name)
  expect(type === undefined ? undefined : portTypeName(type)).toBe(name)
})

it.each(['svc-model@1', 'matrix@2', 'file../x@1', 'file.a.b.c.d@1', '', '__proto__'])('the type %j is not', (name) => {
  expect(builtInType(name)).toBeUndefined()
})
