import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import nodePath from 'node:path'

import type { Glob } from './glob.ts'

/**
 * The files below a folder that a glob matches, as paths relative to it with forward slashes, in no order. Links are
 * followed, each folder at most once on the way down. A folder that is not there has no files.
 */
export async function walkFiles(folder: string, glob: Glob): Promise<readonly string[]> {
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined) return []
  const found: string[] = []
  await visit({ path: folder, real, below: '', depth: 0, above: new Set([real]) }, glob, found)
  return found
}

interface Folder {
  readonly path: string
  readonly real: string
  /** Relative path, empty for the base. */
  readonly below: string
  readonly depth: number
  /** Real paths on the way down, this one included. */
  readonly above: ReadonlySet<string>
}

async function visit(folder: Folder, glob: Glob, found: string[]): Promise<void> {
  const entries = await readdir(folder.path, { withFileTypes: true })
  for (const entry of entries) {
    const below = folder.below === '' ? entry.name : `${folder.below}/${entry.name}`
    const kind = await kindOf(entry, folder.path)
    if (kind === 'file' && nodePath.matchesGlob(below, glob.rest)) found.push(below)
    if (kind !== 'folder' || folder.depth >= glob.depth || isLeftOut(entry.name, glob)) continue
    const path = nodePath.join(folder.path, entry.name)
    const real = entry.isSymbolicLink() ? await realpath(path) : nodePath.join(folder.real, entry.name)
    if (folder.above.has(real)) continue
    await visit({ path, real, below, depth: folder.depth + 1, above: new Set([...folder.above, real]) }, glob, found)
  }
}

function isLeftOut(name: string, glob: Glob): boolean {
  return (name.startsWith('.') && !glob.entersDots) || (name === 'node_modules' && !glob.entersPackages)
}

async function kindOf(entry: Dirent, folder: string): Promise<'file' | 'folder' | undefined> {
  const target = entry.isSymbolicLink() ? await stat(nodePath.join(folder, entry.name)).catch(() => undefined) : entry
  if (target?.isFile() === true) return 'file'
  return target?.isDirectory() === true ? 'folder' : undefined
}
