import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { makeLocalFolder } from './local-folder.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-local-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const at = (...names: readonly string[]): string => nodePath.join(dir, ...names)
const ignores = (folder: string): boolean => existsSync(nodePath.join(folder, '.gitignore'))

it('keeps the folder for local state out of version control where it makes it', () => {
  makeLocalFolder(at('.cairn', 'artifacts'), at('.cairn'))
  expect(readFileSync(at('.cairn', '.gitignore'), 'utf8')).toBe('*\n')
  makeLocalFolder(at('other'), at('other'))
  expect(ignores(at('other'))).toBe(true)
})

it.skipIf(process.platform === 'win32')(
  'leaves no folder for local state where there is no room for the .gitignore',
  () => {
    const module = new URL('local-folder.ts', import.meta.url).href
    const program = `const { makeLocalFolder } = await import(${JSON.stringify(module)})
    const [folder, cairnDir] = process.argv.slice(1)
    try { makeLocalFolder(folder, cairnDir) } catch (error) { console.log(error.code, error.path) }`
    // A file may have no bytes, as on a disk that is full.
    const limited = ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', program]
    const text = execFileSync('sh', [...limited, at('.cairn', 'artifacts'), at('.cairn')], { encoding: 'utf8' })
    expect(text).toBe(`EFBIG ${at('.cairn', '.gitignore')}\n`)
    expect(existsSync(at('.cairn'))).toBe(false)
  },
)

it('leaves a folder for local state as somebody made it', () => {
  mkdirSync(at('.cairn'))
  makeLocalFolder(at('.cairn', 'artifacts'), at('.cairn'))
  expect(ignores(at('.cairn'))).toBe(false)
})

it('writes nothing into folders that lie elsewhere', () => {
  makeLocalFolder(at('store'), at('.cairn'))
  makeLocalFolder(at('shared', 'store'), undefined)
  for (const folder of [at('store'), at('shared'), dir]) expect(ignores(folder)).toBe(false)
  expect(existsSync(at('.cairn'))).toBe(false)
})
