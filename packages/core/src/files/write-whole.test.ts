import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { moveFile, writeWhole, writeWholeSync } from './write-whole.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-whole-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const at = (name: string): string => nodePath.join(dir, name)

const WAYS: Readonly<Record<string, (file: string, content: string | Uint8Array) => Promise<void>>> = {
  writeWhole,
  writeWholeSync: async (file, content) => writeWholeSync(file, content),
}

it.each([0o600, 0o666])(
  'writeWhole gives a file the permissions %o, whatever the process gives new ones',
  async (mode) => {
    await writeWhole(at('a.json'), 'one', { mode })
    expect(statSync(at('a.json')).mode & 0o777).toBe(mode)
  },
)

describe.each(Object.entries(WAYS))('%s', (_, write) => {
  it('makes the folder, replaces what is there, and leaves nothing beside it', async () => {
    await write(at('new/folder/a.json'), 'one')
    await write(at('new/folder/a.json'), new Uint8Array([50]))
    expect(readFileSync(at('new/folder/a.json'), 'utf8')).toBe('2')
    expect(readdirSync(at('new/folder'))).toEqual(['a.json'])
  })

  it('passes on what the file system says, and leaves nothing behind', async () => {
    mkdirSync(at('taken/full'), { recursive: true })
    await expect(write(at('taken'), 'x')).rejects.toMatchObject({
      code: expect.stringMatching(/EISDIR|EPERM|ENOTEMPTY/),
    })
    writeFileSync(at('file'), 'x')
    await expect(write(at('file/below'), 'x')).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) })
    expect(readdirSync(dir).toSorted()).toEqual(['file', 'taken'])
  })

  it('takes a name as long as the file system does', async () => {
    await write(at('n'.repeat(255)), 'x')
    expect(readdirSync(dir)).toEqual(['n'.repeat(255)])
  })

  it('shows a reader whole contents only, of several that are written at once', async () => {
    const contents = Array.from({ length: 20 }, (_each, seed) => String(seed % 10).repeat(100_000))
    const seen = new Set<string>()
    await Promise.all(
      contents.map(async (content) => {
        await write(at('a'), content)
        seen.add(readFileSync(at('a'), 'utf8'))
      }),
    )
    for (const content of seen) expect(contents).toContain(content)
    expect(readdirSync(dir)).toEqual(['a'])
  })
})

describe('moveFile', () => {
  it('replaces what is there, and says that there is nothing to move', async () => {
    writeFileSync(at('a'), 'one')
    writeFileSync(at('b'), 'two')
    await moveFile(at('a'), at('b'))
    expect(readFileSync(at('b'), 'utf8')).toBe('one')
    await expect(moveFile(at('a'), at('b'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
