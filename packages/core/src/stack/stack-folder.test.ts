import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { namedStack } from './resolve-stack.ts'
import { stackEntries } from './stack-folder.ts'

let project: string
let folder: string
beforeEach(async () => {
  project = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-stacks-'))
  folder = nodePath.join(project, 'stacks')
})
afterEach(() => rm(project, { recursive: true, force: true }))

const UNREADABLE = {
  code: 'CAIRN_CONFIG_MISSING',
  message: expect.stringMatching(/stacks: it cannot be read/),
}

describe('the folder of the stacks', () => {
  it('holds a stack per file, and none where it is not there or no folder', async () => {
    expect(stackEntries(project)).toEqual([])
    await writeFile(folder, '')
    expect(stackEntries(project)).toEqual([])
    await rm(folder)
    await mkdir(folder)
    for (const file of ['b.yaml', 'a.json', 'README.md']) await writeFile(nodePath.join(folder, file), '')
    expect(stackEntries(project).map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it.skipIf(process.platform === 'win32')('is refused where it cannot be read', async () => {
    await symlink('stacks', folder)
    expect(() => stackEntries(project)).toThrow(expect.objectContaining(UNREADABLE))
  })

  // Everything can be read by the superuser.
  it.skipIf(process.getuid?.() === 0)('never gives the built-in stack for a default that cannot be read', async () => {
    await mkdir(folder)
    await writeFile(nodePath.join(folder, 'default.yaml'), 'orchestrator: { use: mine }\n')
    await chmod(folder, 0o000)
    await expect(namedStack({ name: 'default', source: 'default' }, project)).rejects.toMatchObject(UNREADABLE)
    await chmod(folder, 0o700)
  })
})
