import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, it } from 'vitest'

import { errorPlace } from './error-place.ts'

it.each(['src', "ein Ordner & 'quotes'", '(app)', 'a:1:2'])('names file and line in "%s"', (folder) => {
  const file = nodePath.resolve(folder, 'train.ts')
  for (const location of [file, pathToFileURL(file).href]) {
    const stack = `RangeError: too much\n    at Object.f (${location}:12:5)`
    expect(errorPlace({ code: 'RangeError', message: 'too much', stack })).toBe(` (${folder}/train.ts:12)`)
    expect(errorPlace({ code: 'CAIRN_STEP_OUTPUT', message: 'too much', stack })).toBe('')
  }
})

it('is nothing without a place', () => {
  expect(errorPlace({ code: 'RangeError', message: 'too much' })).toBe('')
  expect(errorPlace({ code: 'RangeError', message: 'x', stack: 'Error: x\n    at file:///a%2Fb.ts:1:2' })).toBe('')
})
