import { describe, expect, it } from 'vitest'

import { stackedProject } from './stacked-project.ts'

const ROWS: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  [
    'a name that YAML has twice',
    'extends: a.yaml\nextends: b.yaml\n',
    /stacks\/ci\.yaml:2:1: "extends" is given twice/,
  ],
  ['what is no YAML', 'artifactStore: { use: local\n', /stacks\/ci\.yaml:\d+:\d+: /],
  [
    'an unknown component',
    'artefactStore: { use: local }\n',
    /ci\.yaml:1:1: there is no "artefactStore" here\. Did you mean "artifactStore"\?/,
  ],
  [
    'text for a component',
    'metadataStore: sqlite\n',
    /ci\.yaml:1:16: "metadataStore" is "sqlite": expected an object like/,
  ],
  [
    'no plugin',
    'artifactStore:\n  path: cache\n',
    /ci\.yaml:1:1: "artifactStore\.use" is missing: expected an object like/,
  ],
  [
    'a plugin that is not installed',
    'artifactStore: { use: s3 }\n',
    /CAIRN_PLUGIN_MISSING: No plugin supplies "s3" \(stacks\/ci\.yaml:1:23\).*\nInstall it: npx cairn plugin add s3/,
  ],
  [
    'a plugin of another kind',
    'orchestrator: { use: sqlite }\n',
    /CAIRN_PLUGIN_INVALID: .*plugin-sqlite \(stacks\/ci\.yaml:1:22\) cannot be used: it supplies no orchestrator/,
  ],
  [
    'a misspelt option',
    'artifactStore:\n  use: local\n  pth: cache\n',
    /CAIRN_COMPONENT_OPTIONS: .*stacks\/ci\.yaml:3:3: there is no option "pth" \(did you mean "path"\?\)/,
  ],
  [
    'an option of another type',
    'orchestrator: { use: local, concurrency: many }\n',
    /CAIRN_COMPONENT_OPTIONS: .*ci\.yaml:1:42: concurrency: Invalid input.*\(was "many"\)/,
  ],
  [
    'a variable where no secret is',
    'artifactStore: { use: local, path: "${env:HOME}" }\n',
    /CAIRN_STACK_SECRET: The secret at stacks\/ci\.yaml:1:36 .*not marked as secret/,
  ],
  ['itself as what it extends', 'extends: ./ci.yaml\n', /ci\.yaml:1:10: it extends itself/],
  [
    'a file that is not there as what it extends',
    'extends: ./base.yaml\n',
    /CAIRN_CONFIG_MISSING: "extends" \(stacks\/ci\.yaml:1:10\) needs the file stacks\/base\.yaml: it is not there/,
  ],
  [
    'a file of the project that is not there',
    'artifactStore: { use: ./store.ts }\n',
    /CAIRN_PLUGIN_INVALID: .*\.\/store\.ts \(stacks\/ci\.yaml:1:23\) cannot be used: there is no file/,
  ],
]

describe('a stack file with', () => {
  it.each(ROWS)('%s is refused by cairn stack set and by a run, and nothing is done', async (_name, text, message) => {
    using project = stackedProject({ 'stacks/ci.yaml': text, 'stacks/good.yaml': 'orchestrator: { use: local }\n' })
    expect((await project.cairn(['stack', 'set', 'good'])).code).toBe(0)

    const set = await project.cairn(['stack', 'set', 'ci'])
    const run = await project.cairn(['run', 'pipeline.ts', '--stack', 'ci'])

    expect(set.code).toBe(2)
    expect(set.stderr).toMatch(message)
    expect(set.stderr).not.toMatch(/\n {4}at /)
    expect(run.code).toBe(2)
    expect(run.stderr).toMatch(message)
    expect(run.steps).toEqual([])
    expect(project.read('.cairn/active-stack')).toBe('good\n')
    expect(project.exists('.cairn/metadata.sqlite')).toBe(false)
  })
})

describe('the name of a stack', () => {
  it.each([
    [['--stack', '../../etc/passwd'], {}, /no stack named "\.\.\/\.\.\/etc\/passwd" \(chosen by the option --stack/],
    [
      [],
      { CAIRN_STACK: 'goood' },
      /no stack named "goood" \(chosen by the variable CAIRN_STACK\)\. Did you mean "good"\?/,
    ],
    [[], {}, /no stack named "gone" \(chosen by `cairn stack set`\)/],
  ])('that nothing has is said with what chose it: %j %j', async (args, env, message) => {
    using project = stackedProject({ 'stacks/good.yaml': '', '.cairn/active-stack': 'gone' })
    const run = await project.cairn(['run', 'pipeline.ts', ...args], { env })
    expect(run.code).toBe(2)
    expect(run.stderr).toMatch(message)
  })
})

describe('a project in which nothing can be written', () => {
  it('has stacks that can be looked at and checked; what would change them says where it cannot write', async () => {
    using project = stackedProject({ 'stacks/ci.yaml': 'artifactStore: { use: local }\n', '.cairn': 'no folder' })
    for (const args of [['list'], ['get'], ['describe', 'ci'], ['validate', 'ci']]) {
      expect(await project.cairn(['stack', ...args])).toMatchObject({ code: 0, stderr: '' })
    }
    for (const args of [
      ['set', 'ci'],
      ['update', 'ci', '--orchestrator', 'local'],
      ['delete', 'ci', '--yes'],
    ]) {
      const refused = await project.cairn(['stack', ...args])
      expect(refused).toMatchObject({ code: 2, stdout: '' })
      expect(refused.stderr).toMatch(
        /^CAIRN_STACK_FILE: .*"ci" cannot be changed: nothing can be written in \S* ?\(E\w+\)\./,
      )
    }
    expect(project.read('stacks/ci.yaml')).toBe('artifactStore: { use: local }\n')
  })
})

describe('a stack file that cannot be read', () => {
  it.each([
    ['artifactStore: { use: "local\n', /stacks\/ci\.yaml:\d+:\d+: Missing closing "quote/],
    ['- artifactStore\n', /stacks\/ci\.yaml:1:1: it is not an object/],
  ])('is changed by no command: %j', async (text, message) => {
    using project = stackedProject({ 'stacks/ci.yaml': text })
    const updated = await project.cairn(['stack', 'update', 'ci', '--orchestrator', 'local'])
    expect(updated.code).toBe(2)
    expect(updated.stderr).toMatch(message)
    expect(project.read('stacks/ci.yaml')).toBe(text)
  })
})
