import { hash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync, type Dirent } from 'node:fs'
import { join } from 'node:path'

import type { StampBuilder } from './package-stamp.ts'

/**
 * sha256 as hex of all files in a folder, by their paths in it and their bytes. Packages inside of it are left out, and
 * where the folder lies does not count.
 */
export function folderContent(dir: string, stamp: StampBuilder): string {
  const entries: (readonly string[])[] = []
  const walk = (folder: string, inDir: string): void => {
    stamp.list(folder, true)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === 'node_modules') continue
      const path = join(folder, entry.name)
      const name = inDir === '' ? entry.name : `${inDir}/${entry.name}`
      if (entry.isDirectory()) walk(path, name)
      else entries.push([name, contentOf(path, entry)])
      if (entry.isFile()) stamp.look(path, true)
    }
  }
  walk(dir, '')
  entries.sort(([first = ''], [second = '']) => (first < second ? -1 : 1))
  return hash('sha256', JSON.stringify(entries))
}

function contentOf(path: string, entry: Dirent): string {
  if (entry.isSymbolicLink()) return `link ${readlinkSync(path)}`
  return entry.isFile() ? hash('sha256', readFileSync(path)) : 'special'
}
