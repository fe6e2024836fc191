import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

import type { StampBuilder } from './package-stamp.ts'

const ARCHIVE = /\.zip(?=[\\/])/g

/**
 * sha256 as hex of the archive that a folder is in, as Yarn keeps packages: the same bytes on every machine. `undefined`
 * for a folder that is in none.
 */
export function archiveContent(dir: string, stamp: StampBuilder): string | undefined {
  const paths = Array.from(dir.matchAll(ARCHIVE), ({ index }) => dir.slice(0, index + '.zip'.length))
  const archive = paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  if (archive === undefined) return undefined
  stamp.look(archive, true)
  return `archive ${hash('sha256', readFileSync(archive))}`
}
