import { mkdir, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { temporaryFolder } from '@cairnml/testing'
import { expect, it, describe } from 'vitest'

import { projectDirs } from './project-dirs.ts'

async function project(
  files: readonly string[],
): Promise<AsyncDisposable & { readonly at: (...parts: string[]) => string }> {
  const folder = await temporaryFolder()
  const at = (...parts: string[]): string => nodePath.join(folder.path, ...parts)
  await mkdir(at('a', 'b', 'c'), { recursive: true })
  for (const file of files) await writeFile(at(...file.split('/')), '')
  return { at, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

describe('projectDirs', () => {
  it('takes the nearest folder upwards with a cairn.yaml, also past a package.json', async () => {
    await using tree = await project(['cairn.yaml', 'a/cairn.yaml', 'a/b/package.json'])
    expect(projectDirs(tree.at('a', 'b', 'c'), {})).toEqual({
      projectDir: tree.at('a'),
      cairnDir: tree.at('a', '.cairn'),
      configFile: tree.at('a', 'cairn.yaml'),
    })
  })

  it('else the nearest with a package.json', async () => {
    await using tree = await project(['package.json', 'a/b/package.json'])
    expect(projectDirs(tree.at('a', 'b', 'c'), {}).projectDir).toBe(tree.at('a', 'b'))
    expect(projectDirs(tree.at('a', 'b'), {}).projectDir).toBe(tree.at('a', 'b'))
    expect(projectDirs(tree.at('a'), {}).projectDir).toBe(tree.at())
    expect(projectDirs(tree.at('a'), {}).configFile).toBeUndefined()
  })

  it('lets CAIRN_DIR move the local state, relative to where the program runs', async () => {
    await using tree = await project(['package.json'])
    expect(projectDirs(tree.at('a'), { CAIRN_DIR: 'state' }).cairnDir).toBe(tree.at('a', 'state'))
    expect(projectDirs(tree.at('a'), { CAIRN_DIR: tree.at('b') }).cairnDir).toBe(tree.at('b'))
    expect(projectDirs(tree.at('a'), { CAIRN_DIR: '' }).cairnDir).toBe(tree.at('.cairn'))
  })
})
