import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { PlannedFile } from './planned-files.ts'
import { writePlanned } from './write-planned.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-planned-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const at = (name: string): string => nodePath.join(dir, name)
const planned = (path: string, action: PlannedFile['action'] = 'write'): PlannedFile => {
  return { path, text: `new ${path}\n`, action, purpose: '' }
}

it('writes all files, adds to what is there, and leaves what somebody made meanwhile', () => {
  writeFileSync(at('.gitignore'), 'mine\n')
  writeFileSync(at('own'), 'mine\n')
  writePlanned(dir, [planned('src/a/b'), planned('own'), planned('.gitignore', 'add')])
  expect(readFileSync(at('src/a/b'), 'utf8')).toBe('new src/a/b\n')
  expect(readFileSync(at('own'), 'utf8')).toBe('mine\n')
  expect(readFileSync(at('.gitignore'), 'utf8')).toBe('mine\nnew .gitignore\n')
})

it('leaves the folder as it was where one of them cannot be written', () => {
  writeFileSync(at('.gitignore'), 'mine\n')
  writeFileSync(at('own'), 'mine\n')
  const files = [planned('src/a/b'), planned('own'), planned('.gitignore', 'add'), planned('c'), planned('own/below')]
  expect(() => writePlanned(dir, files)).toThrow(
    expect.objectContaining({ code: 'CAIRN_CREATE_FAILED', hint: expect.stringContaining('The folder is as it was.') }),
  )
  expect(readdirSync(dir).toSorted()).toEqual(['.gitignore', 'own'])
  for (const name of ['.gitignore', 'own']) expect(readFileSync(at(name), 'utf8')).toBe('mine\n')
})
