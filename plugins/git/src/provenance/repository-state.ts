import type { CodeProvenance } from '@cairnml/core'

import { changedFiles } from '../repository/changed-files.ts'
import { failureText } from '../repository/failure-text.ts'
import type { Repository } from '../repository/open-repository.ts'
import { publicUrl } from '../repository/public-url.ts'
import { submodulesOf } from '../repository/submodules-of.ts'
import { remoteOf } from './remote-of.ts'

const MOST_FILES = 50
const MOST_NAME = 1_000

type State = Omit<CodeProvenance, 'type'>

/** Everything that git says about the state of a repository, and what it does not say. */
export async function repositoryState(repository: Repository, signal: AbortSignal): Promise<State> {
  const missing: string[] = []
  const asked = async (what: string, work: Promise<State>): Promise<State> => {
    try {
      const { missing: more = [], ...state } = await work
      missing.push(...more)
      return state
    } catch (error) {
      missing.push(`${what}: ${failureText(error, signal)}`)
      return {}
    }
  }
  const found = await Promise.all([
    asked('commit', headState(repository)),
    asked('changed files', workingState(repository)),
    asked('whether the commit is pushed', pushedState(repository)),
  ])
  const state: State = Object.assign({}, ...found)
  return {
    ...state,
    ...remoteState(repository, state.branch, missing),
    ...(missing.length === 0 ? {} : { missing: missing.toSorted() }),
  }
}

async function headState({ git }: Repository): Promise<State> {
  const printed = await git.run('rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD').catch((error: unknown) => {
    if (/unknown revision/.test(String(error))) return undefined
    throw error
  })
  if (printed === undefined) return { missing: ['commit: there is none yet'] }
  const [commit, ref] = printed.split('\n')
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref ?? '') ?? []
  return branch === undefined ? { commit } : { commit, branch }
}

async function workingState(repository: Repository): Promise<State> {
  if (repository.isBare) return { missing: ['changed files: the repository is bare'] }
  const [files, submodules] = await Promise.all([changedFiles(repository), submodulesOf(repository)])
  const missing = submodules.length === 0 ? [] : ['changed files: not looked for inside of submodules']
  if (files.length === 0) return { dirty: false, missing }
  const shown = files.slice(0, MOST_FILES).map((file) => file.slice(0, MOST_NAME))
  return { dirty: true, changed: { count: files.length, files: shown }, missing }
}

async function pushedState({ git, isShallow }: Repository): Promise<State> {
  const printed = await git
    .run('for-each-ref', '--contains=HEAD', '--count=1', 'refs/remotes')
    .catch((error: unknown) => {
      if (/malformed object name HEAD|no such commit HEAD/.test(String(error))) return undefined
      throw error
    })
  if (printed === undefined) return {}
  if (printed !== '') return { pushed: true }
  return isShallow ? { missing: ['whether the commit is pushed: the clone is shallow'] } : { pushed: false }
}

function remoteState({ config }: Repository, branch: string | undefined, missing: string[]): State {
  const address = remoteOf(config, branch)
  if (address === undefined) return {}
  const remote = publicUrl(address)
  if (remote === undefined) missing.push('remote: its address has a form that may hold a secret')
  return remote === undefined ? {} : { remote }
}
