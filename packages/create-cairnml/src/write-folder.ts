import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { cairnError } from '@cairnml/core'

import type { Files } from './template-files.ts'

/** What was created. */
export interface Created {
  /** Absolute. */
  readonly folder: string
  /** Name of the package. */
  readonly name: string
  /** Paths of the files from the folder, with forward slashes. */
  readonly files: readonly string[]
}

/**
 * Writes files into a folder that is not there or empty. They are written beside their place and moved there at the end:
 * when something fails, the folder is as it was.
 *
 * @param folder absolute
 * @throws CAIRN_CREATE_FAILED
 */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  const isThere = await assertEmpty(folder)
  let staging: string | undefined
  try {
    if (!isThere) await mkdir(nodePath.dirname(folder), { recursive: true })
    staging = await mkdtemp(nodePath.join(isThere ? folder : nodePath.dirname(folder), '.cairn-create-'))
    // What `mkdtemp` makes is closed to everybody else, and the new folder is not to be.
    const written = nodePath.join(staging, 'new')
    await writeFiles(written, files)
    await (isThere ? moveEach(written, folder) : rename(written, folder))
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw cairnError('CAIRN_CREATE_FAILED', { folder, problem }, { cause: error })
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true })
  }
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    const file = nodePath.join(folder, path)
    await mkdir(nodePath.dirname(file), { recursive: true })
    await writeFile(file, text, { flag: 'wx' })
  }
}

/** A repository of git without a file is as good as empty. */
async function assertEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    const problem = error.code === 'ENOTDIR' ? 'a file is in its place' : error.message
    throw cairnError('CAIRN_CREATE_FAILED', { folder, problem }, { cause: error })
  })
  const taken = (names ?? []).filter((name) => name !== '.git')
  if (taken.length === 0) return names !== undefined
  const shown = taken.slice(0, 3).join(', ')
  const problem = `it is not empty: it has ${shown}${taken.length > 3 ? ` and ${taken.length - 3} more` : ''}`
  throw cairnError('CAIRN_CREATE_FAILED', { folder, problem })
}

/** The folder may be the working directory of a shell, so it stays, and gets what was written. */
async function moveEach(from: string, folder: string): Promise<void> {
  const moved: string[] = []
  try {
    for (const name of await readdir(from)) {
      const target = nodePath.join(folder, name)
      await rename(nodePath.join(from, name), target)
      moved.push(target)
    }
  } catch (error) {
    for (const target of moved) await rm(target, { recursive: true, force: true })
    throw error
  }
}
