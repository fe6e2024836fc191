import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseFrames } from './parse-frames.ts'

const place = { line: 3, column: 7 }

describe('a frame', () => {
  it.each([
    ['at file:///a/x.ts:3:7', { file: '/a/x.ts', query: '', functionName: undefined }],
    ['at file:///a%20b/x.ts?v=1#z:3:7', { file: '/a b/x.ts', query: '?v=1#z' }],
    ['at async file:///a/x.ts:3:7', { file: '/a/x.ts', functionName: undefined }],
    ['at Object.<anonymous> (/a b (c)/x.cjs:3:7)', { file: '/a b (c)/x.cjs', functionName: 'Object.<anonymous>' }],
    ['at /a (b)/x.ts:3:7', { file: '/a (b)/x.ts', functionName: undefined }],
    ['at /a/x.ts?v=12:3:7', { file: '/a/x.ts', query: '?v=12' }],
    ['at new Foo [as bar] (/a/x.ts:3:7)', { file: '/a/x.ts', functionName: 'new Foo [as bar]' }],
    ['at async Foo.run (file:///a/x.ts:3:7)', { file: '/a/x.ts', functionName: 'Foo.run' }],
    ['at C:\\a\\x.ts:3:7', { file: 'C:\\a\\x.ts' }],
    ['at f (C:\\a b\\x.ts:3:7)', { file: 'C:\\a b\\x.ts', functionName: 'f' }],
    ['at \\\\server\\x.ts:3:7', { file: '\\\\server\\x.ts' }],
    [
      'at ModuleJob.run (node:internal/modules/esm/module_job:3:7)',
      { location: 'node:internal/modules/esm/module_job' },
    ],
    ['at eval (eval at f (file:///a/x.ts:1:2), <anonymous>:3:7)', { file: undefined, functionName: 'eval' }],
    ['at eval (eval at <anonymous> (/a/x.ts:1:2), <anonymous>:3:7)', { file: undefined }],
    ['at file://host/a/x.ts:3:7', process.platform === 'win32' ? {} : { file: undefined }],
  ])('is read from "%s"', (line, expected) => {
    expect(parseFrames(`Error: at /not/this.ts:1:1\n    ${line}\r\n`)).toMatchObject([{ ...place, ...expected }])
  })

  it.each(['at Array.map (<anonymous>)', 'at async Promise.all (index 0)', 'at f (native)'])(
    'has no file in "%s"',
    (line) => {
      expect(parseFrames(line)).toMatchObject([{ line: 0, column: 0, query: '' }])
      expect(parseFrames(line)[0]?.file).toBeUndefined()
    },
  )

  it('is read or left out whatever the text', () => {
    const piece = fc.constantFrom('    at ', ' (', 'async ', '\n', ...'file:/// file: /a ) :1:2 ?v % C:\\'.split(' '))
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(text, (stack) => Array.isArray(parseFrames(stack))),
      { numRuns: 2000 },
    )
  })
})
