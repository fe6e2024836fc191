import type { Uncacheable } from '@cairnml/core'

import { changedFiles } from '../repository/changed-files.ts'
import { failureText } from '../repository/failure-text.ts'
import { openRepository } from '../repository/open-repository.ts'
import { submodulesOf } from '../repository/submodules-of.ts'

/** What all files of a repository were at one moment, so that what is asked about some of them later is about the same. */
export interface Snapshot {
  /** The project, absolute, without links. */
  readonly folder: string
  /** The top of the working folder, absolute. */
  readonly top: string
  readonly commit: string
  /** Files that are not as in the commit, relative to `top`. A folder in which git knows nothing is one. */
  readonly changed: readonly string[]
  /** Absolute folders. */
  readonly submodules: readonly string[]
}

const MOST_MS = 10_000

/** Looks at the repository of a project, or says why it cannot be relied on. */
export function takeSnapshot(projectDir: string): Promise<Snapshot | Uncacheable> {
  return askedInTime(async (signal) => {
    const repository = await openRepository(projectDir, signal)
    const { git, folder, top, isBare } = repository
    if (isBare) return { uncacheable: 'the git repository is bare' }
    const head = async (): Promise<string> => (await git.run('rev-parse', 'HEAD')).trimEnd()
    const commit = await head()
    const submodules = await submodulesOf(repository)
    const changed = await changedFiles(repository)
    if ((await head()) !== commit) return { uncacheable: 'somebody committed while git was asked' }
    return { folder, top, commit, changed, submodules }
  })
}

/** What git answers within 10 s, or else why a step cannot be cached. */
export async function askedInTime<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T | Uncacheable> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error(`git took longer than ${MOST_MS / 1000} s`)), MOST_MS)
  try {
    return await ask(late.signal)
  } catch (error) {
    return { uncacheable: reasonOf(failureText(error, late.signal)) }
  } finally {
    clearTimeout(timer)
  }
}

function reasonOf(failure: string): string {
  const [, missing] = /^path '(.+)' (?:does not exist in|exists on disk, but not in) '.+'$/.exec(failure) ?? []
  if (missing !== undefined) return `${missing} is not in the git commit`
  return /unknown revision|invalid object name 'HEAD'/.test(failure) ? 'there is no git commit yet' : failure
}
