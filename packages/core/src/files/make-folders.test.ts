import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { makeFolders } from './make-folders.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'cairn-folders-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('makeFolders', () => {
  it('makes a folder and those above it, and says which was the first', () => {
    expect(makeFolders(path.join(dir, 'a/b/c'))).toBe(path.join(dir, 'a'))
    expect(statSync(path.join(dir, 'a/b/c')).isDirectory()).toBe(true)
    expect(makeFolders(path.join(dir, 'a/b/d'))).toBe(path.join(dir, 'a/b/d'))
  })

  it('changes nothing where the folder is there', () => {
    expect(makeFolders(dir)).toBeUndefined()
  })

  it('says that a file is in the way', () => {
    writeFileSync(path.join(dir, 'file'), '')
    expect(() => makeFolders(path.join(dir, 'file'))).toThrow(expect.objectContaining({ code: 'EEXIST' }))
    expect(() => makeFolders(path.join(dir, 'file/a'))).toThrow(/ENOTDIR|ENOENT|EEXIST/)
  })

  it.skipIf(!existsSync('/proc/self'))('ends with an error where no folder can be made', () => {
    expect(() => makeFolders('/proc/cairn/store')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })
})
