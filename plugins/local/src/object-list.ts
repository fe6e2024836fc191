import { statSync, type Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'

import { byCodeUnit } from '@cairnml/core'

import { isMissing } from './store-fault.ts'

const SEGMENT = /^[A-Za-z0-9._=+-]+$/

/** The keys below a root that start with a prefix, ordered by code units; one folder is read at a time. */
export function listKeys(root: string, prefix: string): AsyncIterable<string> {
  return walk(root, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix)
}

/** @param folder empty, or a key that ends in a slash */
async function* walk(root: string, folder: string, prefix: string): AsyncIterable<string> {
  for (const name of await namesIn(path.join(root, folder))) {
    const key = `${folder}${name}`
    if (!key.startsWith(prefix)) continue
    if (key.endsWith('/')) yield* walk(root, key, prefix)
    else yield key
  }
}

/** Names of files, and of folders with a slash: so they are ordered as the keys below them. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder)
  return entries
    .filter((entry) => SEGMENT.test(entry.name) && (entry.isFile() || entry.isDirectory()))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted(byCodeUnit)
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    // A key that was never used has no folder; to learn that from the thread pool would take fifty times as long.
    if (statSync(folder, { throwIfNoEntry: false }) === undefined) return []
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
