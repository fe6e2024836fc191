import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import nodePath from 'node:path'
import { pathToFileURL } from 'node:url'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { placeOfError } from './place-of-error.ts'

const HERE = process.cwd()

function placeIn(stack: string): string | undefined {
  return placeOfError(Object.assign(new Error('x'), { stack }))
}

describe('the place of an error', () => {
  const folders = ['plain', "ein Ordner mit Ümläuten & 'quotes'", '(app) (/b', 'a#b%20c?d', '-dash', 'x, <y>:3:4']

  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-place-'))
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it.each(folders)('is read from a path and from a URL with "%s"', (folder) => {
    const file = nodePath.join(HERE, folder, 'a.ts')
    const { href } = pathToFileURL(file)
    const expected = `${folder}/a.ts:3:5`
    for (const location of [file, href]) {
      expect(placeIn(`Error: x\n    at Object.f (${location}:3:5)`)).toBe(expected)
      expect(placeIn(`Error: x\n    at async f (${location}:3:5)`)).toBe(expected)
      expect(placeIn(`${location}:3\nconst =\n      ^\n\nSyntaxError: x`)).toBe(`${folder}/a.ts:3`)
    }
    expect(placeIn(`Error: x\n    at async ${href}:3:5`)).toBe(expected)
  })

  it.each(folders)('is the one that Node writes for a CommonJS module in "%s"', async (folder) => {
    const file = nodePath.join(dir, folder, 'a.cjs')
    await mkdir(nodePath.dirname(file), { recursive: true })
    await writeFile(file, "exports.fail = function fail() {\n  return new Error('x')\n}\n")
    const { fail } = createRequire(import.meta.url)(file) as { readonly fail: () => Error }
    expect(placeOfError(fail())).toBe(`${nodePath.relative(HERE, file)}:2:10`)
  })

  it('is the first that is neither in Node nor in a package', () => {
    const frames = [
      '    at Module._compile (node:internal/modules/cjs/loader:1554:14)',
      '    at node:internal/process/execution:118:14',
      '    at f (/p/node_modules/a/b.js:1:2)',
      '    at eval (eval at f (/p/eval.ts:1:2), <anonymous>:3:7)',
      `    at ${HERE}/mine.ts:1:2`,
    ]
    expect(placeIn(['Error: x', ...frames].join('\n'))).toBe('mine.ts:1:2')
    expect(placeIn(['Error: x', ...frames.slice(0, -1)].join('\n'))).toBeUndefined()
  })

  it('is unknown, and no error, whatever the stack', () => {
    expect(placeIn('Error: x\n    at file:///a%2Fb.ts:1:2')).toBeUndefined()
    const piece = fc.constantFrom(
      '    at ',
      ' (',
      'async ',
      '\n',
      ...'file:/// file://h/ /a %2F ) :1:2 ? C:\\'.split(' '),
    )
    const text = fc.array(piece).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, (stack) => ['string', 'undefined'].includes(typeof placeIn(stack))),
      { numRuns: 2000 },
    )
  })
})
