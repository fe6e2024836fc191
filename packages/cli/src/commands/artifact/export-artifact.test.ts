import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import type { StoredArtifact } from '@cairnml/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { exportArtifact } from './export-artifact.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-export-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** An artifact of these files; reading a text `broken` fails in the middle. */
function artifactOf(texts: Readonly<Record<string, string>>, items: readonly StoredArtifact[] = []): StoredArtifact {
  const [first = ''] = Object.keys(texts)
  const kind = items.length > 0 ? 'collection' : Object.keys(texts).length === 1 ? 'file' : 'tree'
  const artifact = {
    name: 'r/s/output',
    artifact: { kind, digest: 'd', size: 1, type: 'x@1', path: first },
    files: async () => (kind === 'tree' ? Object.keys(texts).map((path) => ({ path, digest: 'd', size: 1 })) : []),
    items: async () => items,
    async *stream(path: string = first) {
      yield Buffer.from(texts[path] ?? '')
      if (texts[path] === 'broken') throw new Error('the store is gone')
    },
  }
  // Sound: the export asks for nothing else.
  return artifact as unknown as StoredArtifact
}

const at = (name: string): string => nodePath.join(dir, name)
const FREE = { force: false }

describe('an exported artifact', () => {
  it('of one file is that file, in a folder that is there under its own name', async () => {
    expect(await exportArtifact(artifactOf({ 'a.json': '1' }), at('new/out.json'), FREE)).toBe(at('new/out.json'))
    expect(readFileSync(at('new/out.json'), 'utf8')).toBe('1')
    expect(await exportArtifact(artifactOf({ 'a.json': '2' }), at('new'), FREE)).toBe(at('new/a.json'))
    expect(readdirSync(at('new')).toSorted()).toEqual(['a.json', 'out.json'])
  })

  it('of several files is a folder, and of items a numbered one', async () => {
    await exportArtifact(artifactOf({ 'a.txt': 'a', 'b/c.txt': 'c' }), at('tree'), FREE)
    expect(readFileSync(at('tree/b/c.txt'), 'utf8')).toBe('c')
    const items = Array.from({ length: 11 }, (_, item) => artifactOf({ 'v.txt': String(item) }))
    await exportArtifact(artifactOf({}, items), at('list'), FREE)
    expect(readFileSync(at('list/00.txt'), 'utf8')).toBe('0')
    expect(readFileSync(at('list/10.txt'), 'utf8')).toBe('10')
  })

  it.each(['file', 'folder', 'dangling link'])('leaves a %s alone that is there', async (kind) => {
    if (kind === 'file') writeFileSync(at('out'), 'mine')
    else if (kind === 'folder') mkdirSync(at('out'))
    else symlinkSync(at('nowhere'), at('out'))
    const several = artifactOf({ a: '1', b: '2' })
    await expect(exportArtifact(several, at('out'), FREE)).rejects.toMatchObject({ code: 'CAIRN_EXPORT_FAILED' })
    expect(readdirSync(dir)).toEqual(['out'])
  })

  it('replaces what is there where that is wanted, a link and not what it points to', async () => {
    writeFileSync(at('precious'), 'mine')
    symlinkSync(at('precious'), at('out'))
    await exportArtifact(artifactOf({ a: '1' }), at('out'), { force: true })
    expect(readFileSync(at('out'), 'utf8')).toBe('1')
    expect(readFileSync(at('precious'), 'utf8')).toBe('mine')
    await exportArtifact(artifactOf({ a: '1', b: '2' }), at('out'), { force: true })
    expect(readdirSync(dir).toSorted()).toEqual(['out', 'precious'])
  })

  it('is there whole or not at all', async () => {
    writeFileSync(at('kept'), 'mine')
    const broken = artifactOf({ a: '1', b: 'broken' })
    const problem = 'the store is gone'
    await expect(exportArtifact(broken, at('kept'), { force: true })).rejects.toMatchObject({ details: { problem } })
    await expect(exportArtifact(broken, at('out'), FREE)).rejects.toMatchObject({ details: { problem } })
    expect(readdirSync(dir)).toEqual(['kept'])
    expect(readFileSync(at('kept'), 'utf8')).toBe('mine')
  })

  it.each(['../escaped', '/etc/escaped', 'a/../../escaped', 'C:\\escaped'])(
    'never leaves its folder for %s',
    async (path) => {
      const hostile = artifactOf({ 'a.txt': 'a', [path]: 'x' })
      await expect(exportArtifact(hostile, at('in/out'), FREE)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
      await expect(exportArtifact(artifactOf({ [path]: 'x' }), dir, FREE)).rejects.toMatchObject({
        code: 'CAIRN_ARTIFACT_PATH',
      })
      expect(readdirSync(dir)).toEqual(['in'])
      expect(readdirSync(at('in'))).toEqual([])
    },
  )
})
