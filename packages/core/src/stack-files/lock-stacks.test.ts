import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { thisProcess } from '../records/process-identity.ts'
import { stackLockFile, withStacksLocked } from './lock-stacks.ts'

let cairnDir: string
beforeEach(async () => {
  cairnDir = nodePath.join(await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-lock-')), '.cairn')
})
afterEach(() => rm(nodePath.dirname(cairnDir), { recursive: true, force: true }))

describe('the lock of the stacks', () => {
  it('lets one at a time work, and is gone afterwards', async () => {
    let active = 0
    let most = 0
    const work = async (): Promise<void> => {
      active += 1
      most = Math.max(most, active)
      for (let turn = 0; turn < 5; turn++) await setImmediate()
      active -= 1
    }
    await Promise.all(Array.from({ length: 6 }, () => withStacksLocked(cairnDir, work)))
    expect(most).toBe(1)
    expect(await readdir(cairnDir)).toEqual(['.gitignore'])
  })

  it('is given back by work that fails', async () => {
    await expect(withStacksLocked(cairnDir, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withStacksLocked(cairnDir, async () => 'done')).toBe('done')
  })

  it.each([
    ['a process that died', JSON.stringify({ ...thisProcess(), bootId: 'another boot' })],
    ['nobody who can be told', 'damaged'],
  ])('is taken over from %s', async (_name, holder) => {
    await mkdir(cairnDir)
    await writeFile(stackLockFile(cairnDir), holder)
    const seen = await withStacksLocked(cairnDir, () => readFile(stackLockFile(cairnDir), 'utf8'))
    expect(JSON.parse(seen)).toMatchObject({ pid: process.pid })
    expect(await readdir(cairnDir)).toEqual([])
  })
})
