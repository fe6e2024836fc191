import { readdir } from 'node:fs/promises'
import nodePath from 'node:path'

import { byCodeUnit, isObjectKey } from '@cairnml/core'

/** The keys of the files below a folder that start with a prefix, ordered by code units. */
export function keysBelow(root: string, prefix: string): AsyncIterable<string> {
  return walk(root, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix)
}

async function* walk(root: string, folder: string, prefix: string): AsyncIterable<string> {
  for (const name of await namesIn(nodePath.join(root, folder))) {
    const key = `${folder}${name}`
    if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue
    if (key.endsWith('/')) yield* walk(root, key, prefix)
    else if (key.startsWith(prefix)) yield key
  }
}

/**
 * Names of files, and of folders with a slash: so they are ordered as the keys below them. What no key can be made of is
 * none of the store's.
 */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => isObjectKey(entry.name) && (entry.isFile() || entry.isDirectory()))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .toSorted(byCodeUnit)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw error
  }
}
