import { expect, it } from 'vitest'

import { mappedPaths } from './mapped-paths.ts'

const PATHS = { '@/*': ['/p/gen/*', '/p/src/*'], own: ['/p/own.ts'], '*.data': ['/p/data/*.json'], '$*': ['/p/$&/*'] }

it.each([
  ['@/a/b', ['/p/gen/a/b', '/p/src/a/b']],
  ['own', ['/p/own.ts']],
  ['own/more', []],
  ['rows.data', ['/p/data/rows.json']],
  ['$x', ['/p/$&/x']],
  ['@', []],
  ['zod', []],
])('%s is mapped to %j', (specifier, expected) => {
  expect(mappedPaths(specifier, PATHS)).toEqual(expected)
})
