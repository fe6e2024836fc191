import { readdirSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { GREETING, greetingProject } from '../command/greeting-project.ts'
import { temporaryProject, type TemporaryProject } from '../project/temporary-project.ts'

const LISTED = { 'cairn.yaml': "pipelines: ['**/*.pipeline.ts']\n" }

async function values(project: TemporaryProject, ...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await project.cairn(['complete', '--', ...words])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.split('\n').flatMap((line) => line.split('\t')[0] || [])
}

const files = (project: TemporaryProject): readonly string[] =>
  readdirSync(project.dir, { recursive: true, encoding: 'utf8' }).filter((file) => !file.startsWith('node_modules'))

describe('cairn complete', () => {
  it('knows the plugins that the project names, and what a plugin can supply', async () => {
    using project = temporaryProject({
      'package.json': '{ "type": "module", "dependencies": { "@cairnml/plugin-git": "*", "zod": "*" } }\n',
    })
    expect(await values(project, 'plugin', 'remove', '')).toEqual(['@cairnml/plugin-git'])
    expect(await values(project, 'plugin', 'check', 'x')).toEqual([])
    expect(await values(project, 'plugin', 'create', '--port', 'cache-')).toEqual(['cache-policy', 'cache-index'])
  })

  it('knows runs newest first, their steps, artifacts, parameters, tags, and pipelines', async () => {
    using project = greetingProject()
    await project.cairn(['run', 'pipeline.ts', '--name', 'first', '--tag', 's7'])
    await project.cairn(['run', 'pipeline.ts', '--name', 'second'])
    const before = files(project)
    expect(await values(project, 'run', 'show', '')).toEqual(['last', 'second', 'first', 'greeting@last'])
    expect(await values(project, 'explain', 'fi')).toEqual(['first'])
    expect(await values(project, 'explain', 'first', '')).toEqual(['letters', 'count'])
    expect(await values(project, 'explain', '--against', 'sec')).toEqual(['second'])
    expect(await values(project, 'artifact', 'show', 'first/')).toEqual(['first/letters', 'first/count'])
    expect(await values(project, 'artifact', 'show', 'first/count/')).toEqual(['first/count/output'])
    expect(await values(project, 'run', 'pipeline.ts', '--param', 't')).toEqual(['times='])
    expect(await values(project, 'run', 'list', '--tag', '')).toEqual(['s7'])
    expect(await values(project, 'run', 'list', '--columns', 'params.')).toContain('params.times')
    expect(await values(project, 'pipeline', 'show', '')).toEqual(['greeting'])
    expect(await values(project, 'run', '--cache=', 'x')).toEqual([])
    expect(files(project)).toEqual(before)
  })

  it('finds pipelines in the files that cairn.yaml names without executing them, and stacks by their files', async () => {
    using project = temporaryProject({
      ...LISTED,
      'a/hello.pipeline.ts': `${GREETING}\nthrow new Error('was executed')\n`,
      'stacks/cloud.yaml': '',
    })
    expect(await values(project, 'run', 'gr')).toEqual(['greeting'])
    expect(await values(project, 'run', 'greeting', '--stack', '')).toEqual(['default', 'cloud'])
    expect(await values(project, 'artifact', 'push', '--to', 'cl')).toEqual(['cloud'])
    expect(project.exists('.cairn')).toBe(false)
  })

  it.each(['set', 'describe', 'validate', 'update', 'remove-component', 'rename', 'copy', 'delete', 'export'])(
    'offers the stacks to cairn stack %s',
    async (command) => {
      using project = temporaryProject({ 'stacks/cloud.yaml': '', 'stacks/notes.md': '' })
      expect(await values(project, 'stack', command, 'c')).toEqual(['cloud'])
    },
  )

  it('offers the components of a stack, and no stacks where a new name or a file is wanted', async () => {
    using project = temporaryProject({ 'stacks/cloud.yaml': '', 'cloud.yaml': '' })
    expect(await values(project, 'stack', 'remove-component', 'cloud', 'artifactStore', 'm')).toEqual(['metadataStore'])
    expect(await values(project, 'stack', 'copy', 'cloud', '')).toEqual([])
    expect(await values(project, 'stack', 'register', '')).toEqual([])
    expect(await values(project, 'stack', 'import', 'cl')).toEqual(['cloud.yaml'])
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a configuration that is wrong', { 'cairn.yaml': 'pipelines: [' }],
    ['a pipeline file that cannot be parsed', { ...LISTED, 'x.pipeline.ts': 'const = pipeline(' }],
    ['records that are damaged', { '.cairn/metadata.sqlite': 'no database' }],
  ])('offers what it can, and says nothing of %s', async (_, broken) => {
    using project = temporaryProject({ ...broken, 'file.ts': '' })
    expect(await values(project, 'run', 'fi')).toEqual(['file.ts'])
    expect(await values(project, 'run', 'show', 'x')).toEqual([])
    expect(await values(project, 'run', 'list', '--where', '')).toEqual([])
  })

  it.each([[[]], [['--']], [['nonsense']], [['--bash']], [['--bash', 'cairn']], [['--', 'run', '../../none/']]])(
    'ends quietly when it is called with %j',
    async (words) => {
      using project = temporaryProject({})
      const { code, stderr } = await project.cairn(['complete', ...words])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    },
  )
})

describe('cairn completion', () => {
  it('refuses a shell that it does not know', async () => {
    using project = temporaryProject({})
    const { code, stderr } = await project.cairn(['completion', 'tcsh'])
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^CAIRN_COMMAND_USAGE: There is no completion for "tcsh"; there is one for bash, zsh, fish\./,
    )
  })
})
