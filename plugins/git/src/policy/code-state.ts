import path from 'node:path'

import type { KeyPart, Uncacheable } from '@cairnml/core'

import { changedFiles } from '../repository/changed-files.ts'
import { failureText } from '../repository/failure-text.ts'
import { openRepository, type Repository } from '../repository/open-repository.ts'
import { submodulesOf } from '../repository/submodules-of.ts'

/** The parts of a key that stand for the code, or why nothing does. */
export type CodeState = { readonly parts: readonly KeyPart[] } | Uncacheable

const MOST_MS = 10_000

/** Which commit, or which trees of it, the files of a project are. */
export async function codeState(projectDir: string, paths: readonly string[] | undefined): Promise<CodeState> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error(`git took longer than ${MOST_MS / 1000} s`)), MOST_MS)
  try {
    return await stateOf(await openRepository(projectDir, late.signal), paths)
  } catch (error) {
    return { uncacheable: reasonOf(failureText(error, late.signal)) }
  } finally {
    clearTimeout(timer)
  }
}

async function stateOf(repository: Repository, paths: readonly string[] | undefined): Promise<CodeState> {
  if (repository.isBare) return { uncacheable: 'the git repository is bare' }
  const inside = await submoduleIn(repository, paths ?? [])
  if (inside !== undefined) {
    return { uncacheable: `${inside} is a git submodule, inside of which changes are not looked for` }
  }
  const before = await hashes(repository, paths)
  const changed = await changedFiles(repository, paths)
  if (changed.length > 0) return { uncacheable: changedReason(changed) }
  const after = await hashes(repository, paths)
  if (before.join() !== after.join()) return { uncacheable: 'somebody committed while git was asked' }
  if (paths === undefined) return { parts: [{ label: 'commit', value: before[0] ?? null }] }
  return { parts: paths.map((each, at) => ({ label: `tree of ${each}`, value: before[at] ?? null })) }
}

/** A submodule that lies in one of the paths, or the other way round. */
async function submoduleIn(repository: Repository, paths: readonly string[]): Promise<string | undefined> {
  const { folder } = repository
  const roots = paths.map((each) => path.resolve(folder, each))
  const found = (await submodulesOf(repository)).find(
    (submodule) => roots.length === 0 || roots.some((root) => contains(root, submodule) || contains(submodule, root)),
  )
  return found === undefined ? undefined : path.relative(folder, found).replaceAll(path.sep, '/')
}

function contains(folder: string, other: string): boolean {
  return other === folder || other.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)
}

async function hashes({ git }: Repository, paths: readonly string[] | undefined): Promise<readonly string[]> {
  const printed = await git.run('rev-parse', ...(paths === undefined ? ['HEAD'] : paths.map(inCommit)))
  return printed.trimEnd().split('\n')
}

/** A path of the working folder as git names it in a commit. */
function inCommit(given: string): string {
  const normal = path.posix.normalize(given.replaceAll(path.sep, '/')).replace(/\/$/, '')
  return `HEAD:${normal === '.' || normal === '..' || normal.startsWith('../') ? `${normal}/` : `./${normal}`}`
}

function changedReason(changed: readonly string[]): string {
  const [first] = changed
  const left = changed.length - 1
  if (left === 0) return `${first} is not committed to git as it is`
  return `${first} and ${left} more are not committed to git as they are`
}

function reasonOf(failure: string): string {
  const [, missing] = /^path '(.+)' (?:does not exist in|exists on disk, but not in) 'HEAD'$/.exec(failure) ?? []
  if (missing !== undefined) return `${missing} is not in the git commit`
  return /unknown revision|invalid object name 'HEAD'/.test(failure) ? 'there is no git commit yet' : failure
}
