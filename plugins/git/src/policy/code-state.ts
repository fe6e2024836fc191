import path from 'node:path'

import type { KeyPart, Uncacheable } from '@cairnml/core'

import { guardedGit } from '../repository/guarded-git.ts'
import { askedInTime, type Snapshot } from './snapshot.ts'

/** The parts of a key that stand for the code, or why nothing does. */
export type CodeState = { readonly parts: readonly KeyPart[] } | Uncacheable

/** Which commit, or which trees of it, the files of a project were in a snapshot. */
export async function codeState(snapshot: Snapshot, given: readonly string[] | undefined): Promise<CodeState> {
  const paths = given === undefined ? undefined : [...new Set(given)]
  const isCounted = insideOf(snapshot, paths)
  const inside = snapshot.submodules.find(isCounted)
  if (inside !== undefined) {
    const name = path.relative(snapshot.folder, inside).replaceAll(path.sep, '/')
    return { uncacheable: `${name} is a git submodule, inside of which changes are not looked for` }
  }
  const trees = paths === undefined ? [] : await treesOf(snapshot, paths)
  if ('uncacheable' in trees) return trees
  const changed = snapshot.changed.filter((file) => isCounted(path.resolve(snapshot.top, file)))
  if (changed.length > 0) return { uncacheable: changedReason(changed) }
  if (paths === undefined) return { parts: [{ label: 'commit', value: snapshot.commit }] }
  return { parts: paths.map((each, at) => ({ label: `tree of ${each}`, value: trees[at] ?? null })) }
}

/** Whether an absolute path lies in one of the paths, or the other way round. */
function insideOf({ folder }: Snapshot, paths: readonly string[] | undefined): (file: string) => boolean {
  const roots = paths?.map((each) => path.resolve(folder, each))
  return (file) => roots === undefined || roots.some((root) => contains(root, file) || contains(file, root))
}

function contains(folder: string, other: string): boolean {
  return other === folder || other.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)
}

/** The hashes of paths in the commit of the snapshot, whatever has been committed since. */
function treesOf({ folder, commit }: Snapshot, paths: readonly string[]): Promise<readonly string[] | Uncacheable> {
  return askedInTime(async (signal) => {
    const printed = await guardedGit(folder, signal).run(
      'rev-parse',
      ...paths.map((each) => `${commit}:${inCommit(each)}`),
    )
    return printed.trimEnd().split('\n')
  })
}

/** A path of the working folder as git names it in a commit. */
function inCommit(given: string): string {
  const normal = path.posix.normalize(given.replaceAll(path.sep, '/')).replace(/\/$/, '')
  return normal === '.' || normal === '..' || normal.startsWith('../') ? `${normal}/` : `./${normal}`
}

function changedReason(changed: readonly string[]): string {
  const [first] = changed
  const left = changed.length - 1
  if (left === 0) return `${first} is not committed to git as it is`
  return `${first} and ${left} more are not committed to git as they are`
}
