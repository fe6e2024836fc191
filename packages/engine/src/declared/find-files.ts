import { stat } from 'node:fs/promises'
import nodePath from 'node:path'

import { cairnError } from '@cairnml/core'

import { allBelow, cutGlob, hasWildcards, type Glob } from './glob.ts'
import { walkFiles } from './walk-files.ts'

/** What is to be found, and for whom. */
export interface FileRequest {
  readonly step: string
  /** Paths and globs. */
  readonly patterns: readonly string[]
  readonly projectDir: string
}

/**
 * The files that patterns stand for now: absolute paths by the names under which they count. A name is the path in the
 * project; of files outside of it, the number of their pattern and the path below its wildcards, which is the same on
 * every machine.
 *
 * @throws CAIRN_DECLARED_FILE for a path without wildcards that does not exist
 */
export async function findFiles({ step, patterns, projectDir }: FileRequest): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  let outside = 0
  for (const given of patterns) {
    const pattern = nodePath.sep === '\\' ? given.replaceAll('\\', '/') : given
    const glob = await globOf(pattern, { step, projectDir })
    const base = nodePath.resolve(projectDir, glob.base)
    const toBase = nodePath.relative(projectDir, base)
    const isInside = toBase.split(nodePath.sep)[0] !== '..' && !nodePath.isAbsolute(toBase)
    const prefix = isInside ? toBase.replaceAll(nodePath.sep, '/') : `${++outside}:`
    const files = glob.file === undefined ? await walkFiles(base, glob) : [glob.file]
    for (const below of files) found.set(joined(prefix, below), nodePath.join(base, below))
  }
  return found
}

function joined(prefix: string, below: string): string {
  return prefix === '' || prefix.endsWith(':') ? `${prefix}${below}` : `${prefix}/${below}`
}

/** A pattern as a glob, or as one file of a folder. */
async function globOf(
  pattern: string,
  { step, projectDir }: Omit<FileRequest, 'patterns'>,
): Promise<Glob & { readonly file?: string }> {
  // A file may have brackets in its name.
  const there = await stat(nodePath.resolve(projectDir, pattern)).catch((error: NodeJS.ErrnoException) => error)
  if (!(there instanceof Error)) {
    if (there.isDirectory()) return allBelow(pattern)
    return { ...allBelow(nodePath.dirname(pattern)), file: nodePath.basename(pattern) }
  }
  if (hasWildcards(pattern)) return cutGlob(pattern)
  const problem = there.code === 'ENOENT' ? 'it does not exist' : `it cannot be read (${there.code})`
  throw cairnError('CAIRN_DECLARED_FILE', { step, file: pattern, problem }, { cause: there })
}
