import { realpath } from 'node:fs/promises'
import path from 'node:path'

import { configEntries, withoutOwnFilters, type ConfigEntry } from './config-entries.ts'
import { guardedGit, type GuardedGit } from './guarded-git.ts'

/** A repository that may be asked. */
export interface Repository {
  readonly git: GuardedGit
  /** The folder in it that is asked about, absolute, without links. */
  readonly folder: string
  readonly isBare: boolean
  /** Whether its history is cut off. */
  readonly isShallow: boolean
  /** The settings about remotes and branches. */
  readonly config: readonly ConfigEntry[]
  /** The top of its working folder, absolute. */
  readonly top: string
}

const SETTINGS = String.raw`^(remote\..*\.url|branch\..*\.remote|filter\..*|core\.bare)$`

/**
 * Looks at the repository around a folder.
 *
 * @throws what git says: no repository, one of another user
 */
export async function openRepository(project: string, signal: AbortSignal): Promise<Repository> {
  const folder = await realpath(project)
  const git = guardedGit(folder, signal)
  const facts = await git.run('rev-parse', '--is-bare-repository', '--is-shallow-repository', '--show-cdup')
  const [isBare, isShallow, up = ''] = facts.split('\n')
  const config = configEntries(await git.run('config', '--null', '--show-scope', '--get-regexp', SETTINGS))
  return {
    git: git.with(withoutOwnFilters(config)),
    folder,
    isBare: isBare === 'true',
    isShallow: isShallow === 'true',
    config,
    top: path.resolve(folder, up),
  }
}
