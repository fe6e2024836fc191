import { describe, expect, it } from 'vitest'

import { commit, git, gitProject, trainingOn } from './git-project.ts'

const PROJECT = {
  'train.ts': trainingOn("cachePolicy: gitPolicy({ paths: ['src', 'train.ts'] })"),
  'README.md': 'one\n',
}

describe('the cache policy git', () => {
  it('reuses while trees, parameters and inputs are the same, and explains by tree', async () => {
    using project = gitProject(PROJECT)
    expect(await project.run('train.ts')).toMatchObject({ code: 0, stderr: '', steps: ['train'] })
    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: [] })

    project.write({ 'README.md': 'two\n' })
    commit(project)
    project.write({ 'README.md': 'three\n' })
    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: [] })

    const before = git(project, 'rev-parse', 'HEAD:src').slice(0, 8)
    // A comment is no other code, but another tree.
    project.edit('src/rate.ts', '= 2', '= 2 // per day')
    commit(project)
    const after = git(project, 'rev-parse', 'HEAD:src').slice(0, 8)
    const run = await project.run('train.ts')
    expect(run.steps).toEqual(['train'])
    expect(run.stdout).toContain(`Step train runs: tree of src changed: ${before} -> ${after} (against run training-`)
    expect((await project.cairn(['explain', 'last', 'train'])).stdout).toContain(
      `tree of src changed: ${before} -> ${after}`,
    )
    const gamma = await project.run('train.ts', { env: { GAMMA: '3' } })
    expect(gamma.stdout).toContain('Step train runs: parameter gamma 1 -> 3')
  })

  it('caches nothing while the code is not committed, and says which file', async () => {
    using project = gitProject(PROJECT)
    await project.run('train.ts')
    project.edit('src/rate.ts', '= 2', '= 3')

    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: ['train'] })
    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: ['train'] })
    expect((await project.cairn(['explain', 'last', 'train'])).stdout).toContain(
      'not cached because src/rate.ts is not committed to git as it is',
    )

    project.edit('src/rate.ts', '= 3', '= 2')
    expect(await project.run('train.ts')).toMatchObject({ code: 0, steps: [] })
  })

  it('shares results among checkouts of a commit', async () => {
    using project = gitProject(PROJECT)
    await project.run('train.ts')
    using copy = project.copy('elsewhere')
    expect(await copy.run('train.ts')).toMatchObject({ code: 0, steps: [] })
  })

  it('refuses paths that are none, before anything runs', async () => {
    using project = gitProject({ 'train.ts': trainingOn("cachePolicy: gitPolicy({ paths: ['/etc'] })") })

    const run = await project.run('train.ts')

    expect(run).toMatchObject({ code: 2, steps: [] })
    expect(run.stderr).toContain('CAIRN_COMPONENT_OPTIONS')
    expect(run.stderr).toContain('paths.0: expected a path relative to the project')
  })
})
