import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import nodePath from 'node:path'

import type { AskedWord } from './asked-word.ts'
import type { Completion } from './completion.ts'

const MODULE = /(?<!\.d)\.[cm]?[jt]sx?$/

/** Modules, and the folders in which there may be some. */
export const modules = (asked: AskedWord): Promise<readonly Completion[]> => below(asked, (name) => MODULE.test(name))
/** Any file or folder. */
export const paths = (asked: AskedWord): Promise<readonly Completion[]> => below(asked, () => true)
/** Folders. */
export const folders = (asked: AskedWord): Promise<readonly Completion[]> => below(asked, () => false)

/** What the folder of the word that is being typed holds: its folders, and the files that are wanted. */
async function below({ prefix }: AskedWord, isWanted: (name: string) => boolean): Promise<readonly Completion[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  const start = prefix.slice(folder.length)
  const dir = nodePath.resolve(folder.startsWith('~/') ? nodePath.join(homedir(), folder.slice(2)) : folder)
  const entries = await readdir(dir, { withFileTypes: true })
  const found: Completion[] = []
  for (const entry of entries) {
    const { name } = entry
    const isHidden = name.startsWith('.') || name === 'node_modules'
    if (!name.startsWith(start) || (isHidden && start === '')) continue
    const path = nodePath.join(dir, name)
    const isFolder = entry.isSymbolicLink() ? await leadsToFolder(path) : entry.isDirectory()
    if (isFolder) found.push({ value: `${folder}${name}/`, isPart: true })
    else if (isWanted(name)) found.push({ value: `${folder}${name}` })
  }
  return found.toSorted((a, b) => (a.value < b.value ? -1 : 1))
}

async function leadsToFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}
