import { mkdir, mkdtempDisposable, readdir, stat } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { describe, expect, it } from 'vitest'

import { writeFolder } from './write-folder.ts'

/** The second file cannot be written: its folder is the first. */
const IMPOSSIBLE = new Map([
  ['a', 'one'],
  ['a/b', 'two'],
])

describe('writeFolder', () => {
  it.each([false, true])('leaves nothing behind when it fails (folder there before: %s)', async (isThere) => {
    await using dir = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-write-'))
    const folder = nodePath.join(dir.path, 'new')
    if (isThere) await mkdir(folder)
    await expect(writeFolder(folder, IMPOSSIBLE)).rejects.toMatchObject({ code: 'CAIRN_CREATE_FAILED' })
    expect(await readdir(dir.path, { recursive: true })).toEqual(isThere ? ['new'] : [])
  })

  it('makes the folder with the permissions that any new folder gets', async () => {
    await using dir = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-write-'))
    const folder = nodePath.join(dir.path, 'new')
    const other = nodePath.join(dir.path, 'other')
    await mkdir(other)
    await writeFolder(folder, new Map([['a.txt', 'one']]))
    expect((await stat(folder)).mode).toBe((await stat(other)).mode)
  })

  it('gives one of two that write at once the folder, and the other an error', async () => {
    await using dir = await mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-write-'))
    const folder = nodePath.join(dir.path, 'new')
    const outcomes = await Promise.allSettled(
      ['one', 'two'].map((text) => writeFolder(folder, new Map([['a.txt', text]]))),
    )
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await readdir(dir.path, { recursive: true })).toEqual(['new', 'new/a.txt'])
  })
})
