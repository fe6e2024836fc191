import { existsSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import nodePath from 'node:path'

import { describe, expect, it } from 'vitest'

import { OwnTmpDir } from './worker.fixture.ts'
import { WorkFolder } from './work-folder.ts'

describe('WorkFolder', () => {
  it('is one folder, made when first asked for, that only its owner may look into', async () => {
    using tmp = new OwnTmpDir()
    await using folder = new WorkFolder()
    expect(tmp.content).toEqual([])
    const { path } = folder
    expect(folder.path).toBe(path)
    expect(tmp.content).toEqual([nodePath.basename(path)])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700)
  })

  it('is another one for every step run', async () => {
    await using a = new WorkFolder()
    await using b = new WorkFolder()
    expect(a.path).not.toBe(b.path)
  })

  it('is removed with everything in it', async () => {
    let path = ''
    {
      await using folder = new WorkFolder()
      path = folder.path
      await mkdir(nodePath.join(path, 'a', 'b'), { recursive: true })
      writeFileSync(nodePath.join(path, 'a', 'b', 'c'), 'x')
    }
    expect(existsSync(path)).toBe(false)
  })

  it('may have been removed by the step itself', async () => {
    const folder = new WorkFolder()
    await rm(folder.path, { recursive: true })
    await expect(folder[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })

  it('that nobody asked for is not made to be removed', async () => {
    using tmp = new OwnTmpDir()
    await new WorkFolder()[Symbol.asyncDispose]()
    expect(tmp.content).toEqual([])
  })
})
