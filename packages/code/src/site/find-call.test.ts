import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { findCall } from './find-call.ts'
import { imported, step } from './recorded-step.fixture.ts'

interface GoneWhenVitestRunsIt {
  readonly linesMove: true
}

const here = step({ name: 'here' }).implement((types: GoneWhenVitestRunsIt) => types)
const reason = 'the source of this step cannot be found'

/** The text at the place that was found. */
function textOf(site: Parameters<typeof findCall>[0]): string {
  const found = findCall(site)
  return 'reason' in found ? found.reason : readFileSync(found.file, 'utf8').slice(found.offset, found.offset + 22)
}

it('finds steps of a test file that vitest runs, at its top level, inside of a test and in an imported module', () => {
  const inside = [1].map(() => step({ name: 'inside' }).implement(() => 1))
  expect(textOf(here.site)).toBe("step({ name: 'here' })")
  expect(textOf(inside[0]?.site ?? here.site)).toBe("step({ name: 'inside' ")
  expect(textOf(imported.site)).toBe("step({ name: 'imported")
})

describe('a frame', () => {
  let dir = ''
  beforeAll(() => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'cairn call ')))
    writeFileSync(join(dir, 'a.ts'), '\uFEFFconst x = 1\r\n  step({})\u2028step()')
    symlinkSync(join(dir, 'a.ts'), join(dir, 'link.ts'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))
  const frame = (file: string, at: string): string => `    at ${pathToFileURL(join(dir, file)).href}${at}`

  it('leads to the real file and the offset in it', () => {
    const file = join(dir, 'a.ts')
    expect(findCall({ stack: frame('link.ts', '?v=1:2:3') })).toEqual({ file, query: '?v=1', offset: 15, line: 2 })
    expect(findCall({ stack: frame('a.ts', ':3:1') })).toEqual({ file, query: '', offset: 24, line: 3 })
  })

  it.each([':1:1', ':2:2', ':2:4', ':9:1', ''])('is refused if there is no call at %s', (at) => {
    expect(findCall({ stack: frame('a.ts', at) })).toEqual({ reason })
  })

  it('is refused if it names no file, or another one than V8 saw while something else maps stacks', () => {
    expect(findCall({ stack: '' })).toEqual({ reason })
    expect(findCall({ stack: frame('none.ts', ':2:3') })).toEqual({ reason })
    expect(findCall({ stack: '    at Array.map (<anonymous>)' })).toEqual({ reason })
    expect(findCall({ stack: frame('a.ts', ':2:3'), rawStack: frame('link.ts', ':2:3') })).toEqual({ reason })
    expect(findCall({ stack: frame('a.ts', ':2:3'), rawStack: '    at evalmachine.<anonymous>:1:1' })).toEqual({
      reason,
    })
  })

  it('counts where it is mapped to in the file that was loaded', () => {
    expect(findCall({ stack: frame('a.ts', ':2:3'), rawStack: frame('a.ts', ':3:1') })).toMatchObject({ line: 2 })
  })
})
