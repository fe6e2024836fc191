import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What loading a file came to, in a process of its own: a test runner loads modules in a way of its own. */
interface Loaded {
  readonly names?: readonly string[]
  readonly code?: string
  readonly message?: string
  readonly cause?: string
}

const LOAD = `
import { loadFile } from ${JSON.stringify(new URL('load-file.ts', import.meta.url).href)}
const answers = {}
for (const file of process.argv.slice(1)) {
  try {
    answers[file] = { names: Object.keys(await loadFile(file)) }
  } catch (error) {
    answers[file] = { code: error.code, message: error.message, cause: error.cause?.name }
  }
}
console.log(JSON.stringify(answers))
`
const CORE = JSON.stringify(import.meta.resolve('@cairnml/core'))
const FILES = {
  'fine.ts': 'export const one: number = 1\nexport default 2\n',
  'fine.mjs': 'export const one = 1\n',
  'a b#c?%41.ts': 'export const odd = 1\n',
  'throws.ts': '\nthrow new Error("on purpose.")\n',
  'throws-text.mjs': 'throw "on purpose"\n',
  'throws-nothing.mjs': 'throw undefined\n',
  'throws-bare-object.mjs': 'throw Object.create(null)\n',
  'throws-odd-error.mjs': 'throw Object.assign(new Error(), { message: 7, stack: 7 })\n',
  'rejects.ts': 'await Promise.reject(new TypeError("later"))\n',
  'syntax.ts': 'const = 1\n',
  'syntax.mjs': 'const = 1\n',
  'enum.ts': 'export enum Colour { Red }\n',
  'no-package.ts': 'import "a-package-that-is-not-there"\n',
  'no-file.ts': 'import "./gone.ts"\n',
  'no-export.ts': 'import { gone } from "./fine.ts"\ngone()\n',
  'data.json': '{}\n',
  'coded.ts': `import { cairnError } from ${CORE}\nthrow cairnError('CAIRN_RUN_NAME_TAKEN', { name: 'nightly' })\n`,
}

let dir: string
let answers: Readonly<Record<string, Loaded>>

beforeAll(async () => {
  dir = await realpath(await mkdtemp(nodePath.join(os.tmpdir(), 'cairn load ')))
  await Promise.all(Object.entries(FILES).map(([file, code]) => writeFile(nodePath.join(dir, file), code)))
  const files = [...Object.keys(FILES), nodePath.join(dir, 'fine.ts'), 'gone.ts', '.', 'fine.ts/below', 'nul\\0']
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@cairnml/source', '--input-type=module', '--eval', LOAD, '--', ...files],
    { cwd: dir },
  )
  answers = JSON.parse(stdout) as Readonly<Record<string, Loaded>>
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const missing = (message: RegExp): object => ({
  code: 'CAIRN_FILE_MISSING',
  message: expect.stringMatching(message) as string,
})
const failed = (message: RegExp): object => ({ ...missing(message), code: 'CAIRN_FILE_FAILED' })

describe('loadFile', () => {
  it('gives what a module exports, in TypeScript or JavaScript, under any name, from here or by absolute path', () => {
    expect(answers['fine.ts']).toEqual({ names: ['default', 'one'] })
    expect(answers['fine.mjs']).toEqual({ names: ['one'] })
    expect(answers['a b#c?%41.ts']).toEqual({ names: ['odd'] })
    expect(answers[nodePath.join(dir, 'fine.ts')]).toEqual({ names: ['default', 'one'] })
  })

  it('loads TypeScript and JSON that Node by itself refuses', () => {
    expect(answers['enum.ts']).toEqual({ names: ['Colour'] })
    expect(answers['data.json']).toEqual({ names: ['default'] })
  })

  it('says what is in the way of a file', () => {
    expect(answers['gone.ts']).toMatchObject(missing(/^The file gone\.ts cannot be loaded: it is not there\.$/))
    expect(answers['.']).toMatchObject(missing(/: it is not a file\.$/))
    expect(answers['fine.ts/below']).toMatchObject(missing(/: it is not there\.$/))
  })

  it.each([
    ['throws.ts', /^The file throws\.ts failed while it was loaded: Error: on purpose \(throws\.ts:2:7\)\.$/],
    ['rejects.ts', /: TypeError: later \(rejects\.ts:1:22\)\.$/],
    ['throws-text.mjs', /: it threw 'on purpose'\.$/],
    ['throws-nothing.mjs', /: it threw undefined\.$/],
    ['throws-bare-object.mjs', /: it threw \[Object: null prototype\] \{\}\.$/],
    ['throws-odd-error.mjs', /: Error: 7\.$/],
  ])('says what %s threw, and where', (file, message) => {
    expect(answers[file]).toMatchObject(failed(message))
  })

  it.each([
    ['syntax.ts', /: SyntaxError: /],
    ['syntax.mjs', /: SyntaxError: Unexpected token '='\.$/],
    ['no-package.ts', /: Error: Cannot find package 'a-package-that-is-not-there'/],
    ['no-file.ts', /: Error: Cannot find module '.*gone\.ts'/],
    ['no-export.ts', /: SyntaxError: .*'gone' \(no-export\.ts:1\)\.$/],
  ])('says why Node does not take %s, naming no place inside of Node', (file, message) => {
    expect(answers[file]).toMatchObject(failed(message))
    expect(answers[file]?.message).not.toMatch(/modules\//)
  })

  it('keeps the error itself as the cause', () => {
    expect(answers['throws.ts']?.cause).toBe('Error')
    expect(answers['syntax.ts']?.cause).toBe('SyntaxError')
  })

  it('passes an error of Cairn on as it is', () => {
    expect(answers['coded.ts']).toMatchObject({ code: 'CAIRN_RUN_NAME_TAKEN' })
  })
})
