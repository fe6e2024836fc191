import { describe, expect, it } from 'vitest'

import { commit, git, gitProject } from './git-project.ts'

const PIPELINE = `import type {} from '@cairnml/plugin-git'
import { pipeline, step } from 'cairnml'
import { ran } from 'execution-log'
import { z } from 'zod'
import { rate } from './src/rate.ts'

const load = step({ name: 'load', output: z.number() }).implement(() => {
  ran('load')
  return rate
})
const score = step({
  name: 'score',
  inputs: { x: z.number() },
  output: z.number(),
  settings: { git: { paths: ['pipeline.ts', 'models'] } },
}).implement(({ x }) => {
  ran('score')
  return x * 2
})
export const scoring = pipeline({ name: 'scoring', build: () => score({ x: load() }) })
`
const PROJECT = {
  'pipeline.ts': PIPELINE,
  'models/weights.json': '1\n',
  'stacks/strict.yaml': 'cachePolicy: { use: git, paths: [src, pipeline.ts] }\n',
  'stacks/traced.yaml': 'provenance: { use: git }\n',
  'cairn.yaml': 'stack: strict\n',
}
const run = (...more: readonly string[]): readonly string[] => ['run', 'pipeline.ts', ...more]

describe('settings of steps for the cache policy git', () => {
  it('name the paths that count for a step, and others run only by theirs', async () => {
    using project = gitProject(PROJECT)
    const first = await project.cairn(run())
    expect(first).toMatchObject({ code: 0, stderr: '', steps: ['load', 'score'] })
    expect((await project.cairn(['run', 'show'])).stdout).toContain(
      '  settings of score: git paths=["pipeline.ts","models"]',
    )
    expect(await project.cairn(run())).toMatchObject({ code: 0, steps: [] })

    const before = git(project, 'rev-parse', 'HEAD:models').slice(0, 8)
    project.write({ 'models/weights.json': '2\n' })
    expect((await project.cairn(run('--plan'))).stdout).toContain(
      'models/weights.json is not committed to git as it is',
    )
    commit(project)
    const change = `tree of models changed: ${before} -> ${git(project, 'rev-parse', 'HEAD:models').slice(0, 8)}`
    const plan = await project.cairn(run('--plan'))
    expect(plan.stdout).toMatch(/load +reused/)
    expect(plan.stdout).toContain(change)
    expect(await project.cairn(run())).toMatchObject({ code: 0, steps: ['score'] })
    expect((await project.cairn(['explain', 'last', 'score'])).stdout).toContain(change)

    // A comment is no other result of load, whose tree it changes.
    project.edit('src/rate.ts', '= 2', '= 2 // per day')
    commit(project)
    expect(await project.cairn(run())).toMatchObject({ code: 0, steps: ['load'] })
  })

  it('never give a step what it made by other paths', async () => {
    using project = gitProject({
      ...PROJECT,
      'src.yaml': 'steps: { score: { settings: { cachePolicy: { paths: [src] }, git: { paths: [src] } } } }\n',
    })
    await project.cairn(run())
    const other = await project.cairn(run('--config', 'src.yaml'))
    expect(other.steps).toEqual(['score'])
    expect(other.stdout).toMatch(/Step score runs: .*tree of models/)
    expect(await project.cairn(run('--config', 'src.yaml'))).toMatchObject({ steps: [] })
    expect(await project.cairn(run())).toMatchObject({ steps: [] })
  })

  it('are said not to be used by a stack without the policy, also with the provenance of the same name', async () => {
    using project = gitProject(PROJECT)
    for (const stack of ['default', 'traced']) {
      const { code, stdout } = await project.cairn(run('--stack', stack))
      expect(code).toBe(0)
      expect(stdout).toContain(`Settings for git are not used: stack ${stack} has no such component.`)
    }
  })

  it('that are wrong are refused with file and line, and nothing runs', async () => {
    using project = gitProject({ ...PROJECT, 'wrong.yaml': 'settings:\n  git:\n    paths: [/etc]\n' })
    const all = await project.cairn(run('--config', 'wrong.yaml'))
    expect(all).toMatchObject({ code: 2, steps: [] })
    expect(all.stderr).toMatch(
      /wrong\.yaml:3:\d+: The settings of step "load" .*git\.paths\.0: expected a path relative/,
    )
    expect(project.exists('.cairn/metadata.sqlite')).toBe(false)
  })

  it('are shown with the component and with the stack', async () => {
    using project = gitProject(PROJECT)
    const text = 'paths  array  What counts for the step. Default: the paths of the stack.'
    const described = await project.cairn(['cache-policy', 'describe', 'git'])
    expect(described.stdout).toContain(`settings of a step:\n    ${text}`)
    const json = await project.cairn(['cache-policy', 'describe', 'git', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ settings: { properties: { paths: { type: 'array' } } } })
    expect((await project.cairn(['stack', 'describe', 'strict', '--allow-code'])).stdout).toContain(text)
  })
})
