import { describe, expect, it } from 'vitest'

import type { TemporaryProject } from '../project/temporary-project.ts'
import { temporaryProject } from '../project/temporary-project.ts'
import { commit, git, gitProject, REMOTE_SECRET, trainingOn } from './git-project.ts'

const TRACED = { 'train.ts': trainingOn('provenance: gitProvenance()') }

interface ShownRun {
  readonly by: { readonly commit?: string }
  readonly provenance?: object
}

async function shown(project: TemporaryProject): Promise<ShownRun> {
  // Sound: it is what the command promises to print.
  return JSON.parse((await project.cairn(['run', 'show', '--json'])).stdout) as ShownRun
}

describe('the provenance of a run', () => {
  it('is shown with branch, changed files and remote, without the secrets of its address', async () => {
    using project = gitProject(TRACED)
    project.write({ 'notes.txt': 'mine' })

    expect(await project.run('train.ts')).toMatchObject({ code: 0, stderr: '', steps: ['train'] })

    const { stdout } = await project.cairn(['run', 'show'])
    expect(stdout).toContain(
      '\n  git: branch main, 1 file changed (notes.txt), not pushed, https://example.org/team/x.git\n',
    )
    expect(await shown(project)).toMatchObject({
      provenance: {
        type: 'git',
        commit: git(project, 'rev-parse', 'HEAD'),
        branch: 'main',
        dirty: true,
        changed: { count: 1, files: ['notes.txt'] },
        remote: 'https://example.org/team/x.git',
        pushed: false,
      },
    })
    expect(stdout).not.toContain(REMOTE_SECRET)
    expect(project.filesWith('.cairn', REMOTE_SECRET)).toEqual([])
  })

  it('is found out where a step executes; a run that reuses everything has the commit', async () => {
    using project = gitProject(TRACED)
    await project.run('train.ts')
    project.write({ 'README.md': 'more' })
    const later = commit(project)

    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: [] })

    const run = await shown(project)
    expect(run.by.commit).toBe(later)
    expect(run).not.toHaveProperty('provenance')
  })

  it('says of a reused result that it was made while files were changed', async () => {
    using project = gitProject(TRACED)
    const first = git(project, 'rev-parse', 'HEAD').slice(0, 10)
    project.write({ 'notes.txt': 'mine' })
    await project.run('train.ts')
    commit(project)

    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: [] })

    expect((await project.cairn(['explain', 'last', 'train'])).stdout).toContain(`commit ${first} with changed files`)
  })

  it('is of a failed run as well', async () => {
    using project = gitProject({
      'train.ts': TRACED['train.ts'].replace('return gamma', 'throw new Error(`no`)\n  return gamma'),
    })

    expect(await project.run('train.ts')).toMatchObject({ code: 1 })

    expect(await shown(project)).toMatchObject({ status: 'failed', provenance: { branch: 'main', dirty: false } })
  })

  it('fails nothing where there is no repository or no git, and says so', async () => {
    using plain = temporaryProject({ 'src/rate.ts': 'export const rate = 2\n', ...TRACED })
    expect(await plain.run('train.ts')).toMatchObject({ code: 0, stderr: '', steps: ['train'] })
    expect((await plain.cairn(['run', 'show'])).stdout).toContain(
      '\n  git: not known: the project is in no git repository\n',
    )

    using bare = gitProject(TRACED)
    expect(await bare.run('train.ts', { env: { PATH: bare.dir } })).toMatchObject({ code: 0, stderr: '' })
    expect((await bare.cairn(['run', 'show'])).stdout).toContain('\n  git: not known: git is not installed\n')
  })

  it('is that of the project also in a hook of another repository', async () => {
    using project = gitProject(TRACED)
    using other = gitProject({ 'x.ts': '' })
    git(other, 'checkout', '--quiet', '-b', 'other')
    const env = { GIT_DIR: other.path('.git'), GIT_INDEX_FILE: other.path('.git/index'), GIT_WORK_TREE: other.dir }

    expect(await project.run('train.ts', { env })).toMatchObject({ code: 0, steps: ['train'] })

    expect(await shown(project)).toMatchObject({ provenance: { branch: 'main', dirty: false } })
  })
})
