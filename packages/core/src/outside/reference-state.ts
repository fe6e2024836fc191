import { hash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { byCodeUnit } from '../encoding/plain-data.ts'
import type { OutsideState } from './outside-state.ts'
import type { ReferencePlace } from './reference-place.ts'

const GONE_STATUSES: readonly unknown[] = [404, 410]

/**
 * What is at a place now: `sha256:...` of a file, `listing:...` of a folder (names and contents of all files below it),
 * what the server tells of a URL; `undefined` where nothing is.
 *
 * @throws CAIRN_REFERENCE_UNREACHABLE where nobody can tell
 */
export async function referenceState(place: ReferencePlace, outside: OutsideState): Promise<string | undefined> {
  try {
    return place.kind === 'url' ? await outside.urlState(place.stored) : await pathState(place.path, outside)
  } catch (error) {
    if (isGone(error)) return undefined
    throw cairnError(
      'CAIRN_REFERENCE_UNREACHABLE',
      { reference: place.shown, problem: problemOf(error) },
      { cause: error },
    )
  }
}

function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return true
  return 'status' in error && GONE_STATUSES.includes(error.status)
}

function problemOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return `it cannot be read (${String(error.code)})`
  return error instanceof Error ? error.message : String(error)
}

async function pathState(path: string, outside: OutsideState): Promise<string> {
  const info = await stat(path)
  if (info.isFile()) return `sha256:${await outside.fileDigest(path)}`
  if (!info.isDirectory()) throw new TypeError('it is neither a file nor a folder')
  return `listing:${await listingDigest(path, outside)}`
}

async function listingDigest(folder: string, outside: OutsideState): Promise<string> {
  const listed: (readonly [path: string, digest: string])[] = []
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = nodePath.join(entry.parentPath, entry.name)
    const path = nodePath.relative(folder, file).replaceAll(nodePath.sep, '/')
    if (entry.isDirectory()) continue
    // What a link points to may lie anywhere, and a loop of them has no end.
    if (!entry.isFile()) throw new TypeError(`${path} in it is neither a file nor a folder`)
    listed.push([path, await outside.fileDigest(file)])
  }
  return hash('sha256', JSON.stringify(listed.toSorted(([a], [b]) => byCodeUnit(a, b))))
}
