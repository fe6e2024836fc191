import { describe, expect, it } from 'vitest'

import { stackedProject } from './stacked-project.ts'

const CI = `# The stack of the pull requests.
artifactStore: { use: local, path: ci-cache } # on the runner
`

describe('cairn stack', () => {
  it('registers, sets, updates and describes a stack, and says what that means', async () => {
    using project = stackedProject()
    const registered = await project.cairn(['stack', 'register', 'ci', '--artifact-store', 'local path=ci-cache'])
    const set = await project.cairn(['stack', 'set', 'stacks/ci.yaml'])
    const updated = await project.cairn([
      'stack',
      'update',
      'ci',
      '--cache-policy',
      'content expires=30d index.use=sqlite',
    ])
    const got = await project.cairn(['stack', 'get'])
    const described = await project.cairn(['stack', 'describe', '--json'])

    expect(registered).toMatchObject({ code: 0, stderr: '', stdout: 'Stack ci is registered: stacks/ci.yaml.\n' })
    expect(set.stdout).toBe('Stack ci is set.\nIt has another artifact store; stack default has kept nothing yet.\n')
    expect(updated).toMatchObject({ code: 0, stderr: '' })
    expect(got.stdout).toBe('ci (stacks/ci.yaml), chosen by `cairn stack set`.\n')
    expect(project.read('stacks/ci.yaml')).toBe(
      '# yaml-language-server: $schema=../.cairn/stack.schema.json\n\n' +
        'artifactStore: { use: local, path: ci-cache }\n' +
        'cachePolicy: { use: content, expires: 30d, index: { use: sqlite } }\n',
    )
    const { components } = JSON.parse(described.stdout) as { readonly components: readonly object[] }
    expect(components).toContainEqual({
      port: 'artifactStore',
      use: 'local',
      options: { path: 'ci-cache' },
      at: 'stacks/ci.yaml:3:16',
    })
    expect(project.read('.cairn/.gitignore')).toBe('*\n')
  })

  it('says when results do not follow, and nothing where the next stack keeps them in the same place', async () => {
    using project = stackedProject({
      'stacks/ci.yaml': 'artifactStore: { use: local, path: ci-cache }\n',
      'stacks/same.yaml':
        "artifactStore: { use: '@cairnml/plugin-local', path: ./.cairn/../.cairn/artifacts }\n" +
        'cachePolicy: { use: content, index: { use: sqlite, path: .cairn/cache.sqlite } }\n',
    })
    await project.run('pipeline.ts')
    const lines: string[] = []
    for (const name of ['same', 'default', 'ci', 'default']) {
      lines.push((await project.cairn(['stack', 'set', name])).stdout)
    }
    const overruled = await project.cairn(['stack', 'set', 'ci'], { env: { CAIRN_STACK: 'default' } })

    expect(lines).toEqual([
      'Stack same is set.\n',
      'Stack default is set.\n',
      'Stack ci is set.\nIt has another artifact store: results that only stack default has do not follow; cairn artifact push --all --stack default --to ci copies them.\n',
      'Stack default is set.\nIt has another artifact store; stack ci has kept nothing yet.\n',
    ])
    expect(overruled.stdout).toBe(
      'Stack ci is set.\ndefault is used all the same, chosen by the variable CAIRN_STACK.\n',
    )
  })

  it('renames, copies, exports, imports and deletes, and keeps comments and what depends on a file', async () => {
    using project = stackedProject({ 'stacks/ci.yaml': CI, 'stacks/night.yaml': 'extends: ./ci.yaml # the same\n' })
    await project.cairn(['stack', 'set', 'ci'])
    const renamed = await project.cairn(['stack', 'rename', 'ci', 'pulls'])
    const refused = await project.cairn(['stack', 'delete', 'pulls', '--yes'])
    await project.cairn(['stack', 'copy', 'pulls', 'third'])
    const exported = await project.cairn(['stack', 'export', 'night', 'all.yaml'])
    const again = await project.cairn(['stack', 'export', 'pulls', 'all.yaml'])
    await project.cairn(['stack', 'import', 'all.yaml', '--name', 'flat', '--set'])
    const deleted = await project.cairn(['stack', 'delete', 'third', '--yes', '--json'])
    const unasked = await project.cairn(['stack', 'delete', 'flat'])
    const removed = await project.cairn(['stack', 'remove-component', 'pulls', 'artifact-store'])

    expect(renamed.stdout).toContain('It is extended by night: changed there, too.')
    expect(project.exists('stacks/ci.yaml')).toBe(false)
    expect(project.read('stacks/night.yaml')).toBe('extends: ./pulls.yaml # the same\n')
    expect(refused.stderr).toContain('it is set on this machine')
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('something is there already') as string })
    expect(exported.code).toBe(0)
    expect(project.read('all.yaml')).toContain('artifactStore: { use: local, path: ci-cache }')
    expect(project.read('.cairn/active-stack')).toBe('flat\n')
    expect(JSON.parse(deleted.stdout)).toMatchObject({ format: 'cairn.stack-delete/1', name: 'third', deleted: true })
    expect(unasked.stderr).toContain('CAIRN_CONFIRMATION_MISSING')
    expect(removed.code).toBe(0)
    expect(project.read('stacks/pulls.yaml')).toContain('# The stack of the pull requests.')
  })

  it('says for each way of choosing what chose', async () => {
    using project = stackedProject({
      'cairn.yaml': 'stack: c\n',
      'stacks/a.yaml': '',
      'stacks/b.yaml': '',
      'stacks/c.json': '{}',
      'stacks/d.yml': '',
    })
    const get = async (args: readonly string[], env = {}): Promise<unknown> => {
      const { stdout } = await project.cairn(['stack', 'get', '--json', ...args], { env })
      const { name, source } = JSON.parse(stdout) as { readonly name: string; readonly source: string }
      return [name, source]
    }
    expect(await get([])).toEqual(['c', 'project'])
    await project.cairn(['stack', 'set', 'b'])
    expect(await get([])).toEqual(['b', 'set'])
    expect(await get([], { CAIRN_STACK: 'a' })).toEqual(['a', 'environment'])
    expect(await get(['--stack', 'd'], { CAIRN_STACK: 'a' })).toEqual(['d', 'option'])
    const { stdout } = await project.cairn(['run', 'pipeline.ts'], { env: { CAIRN_STACK: 'a' } })
    expect(stdout).toContain('Using stack a to run pipeline greeting...')
  })

  it.each([
    [['register', '../x', '--orchestrator', 'local'], /CAIRN_NAME_INVALID: The stack name "\.\.\/x"/],
    [['register', 'con', '--orchestrator', 'local'], /reserved device name/],
    [['register', 'CI', '--orchestrator', 'local'], /CAIRN_STACK_FILE: .*there is a stack "ci" already/],
    [['register', 'new'], /needs a component/],
    [['register', 'new', '--artifact-store', 'local pth=x'], /there is no option "pth"/],
    [['update', 'default', '--orchestrator', 'local'], /built in and has no file/],
    [['update', 'cii', '--orchestrator', 'local'], /no stack named "cii"\. Did you mean "ci"\?/],
    [['delete', 'ci', '--yes'], /it is extended by night/],
    [['remove-component', 'ci', 'artefact-store'], /Did you mean "artifactStore"\?/],
    [['set', 'other.yaml'], /cairn stack import/],
    [['lst'], /There is no command "stack lst"\. Did you mean "list"\?/],
    [['rename', 'ci'], /needs <name>/],
  ])('%j is refused, and nothing is changed', async (args, message) => {
    using project = stackedProject({
      'stacks/ci.yaml': CI,
      'stacks/night.yaml': 'extends: ci.yaml\n',
      'other.yaml': '',
    })
    const refused = await project.cairn(['stack', ...args])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(message)
    expect(project.read('stacks/ci.yaml')).toBe(CI)
    expect(project.filesWith('stacks', '').toSorted()).toEqual(['stacks/ci.yaml', 'stacks/night.yaml'])
  })

  it('changes files one process at a time', async () => {
    using project = stackedProject({ 'stacks/ci.yaml': '# kept\n' })
    const flags = ['orchestrator', 'artifact-store', 'metadata-store', 'cache-policy']
    const uses = ['local', 'local', 'sqlite', 'content']
    const all = await Promise.all(
      flags.map((flag, index) => project.cairn(['stack', 'update', 'ci', `--${flag}`, uses[index] ?? ''])),
    )
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    const text = project.read('stacks/ci.yaml')
    for (const name of ['# kept', 'orchestrator:', 'artifactStore:', 'metadataStore:', 'cachePolicy:']) {
      expect(text).toContain(name)
    }
    expect(project.exists('.cairn/stacks.lock')).toBe(false)
    expect(project.filesWith('stacks', '')).toEqual(['stacks/ci.yaml'])
  })
})

describe('the plugins that are installed', () => {
  it('are listed and described per component, and make the schema of stack files', async () => {
    using project = stackedProject({ 'stacks/ci.yaml': CI })
    const listed = await project.cairn(['metadata-store', 'list'])
    const described = await project.cairn(['artifact-store', 'describe', 'local'])
    const policy = await project.cairn(['cache-policy', 'describe', 'content', '--json'])
    const validated = await project.cairn(['stack', 'validate', 'ci', '--check'])

    expect(listed.stdout).toMatch(/^USE +PLUGIN +TYPE\nsqlite +@cairnml\/plugin-sqlite +sqlite\n$/)
    expect(described.stdout).toBe(
      'local: artifactStore local of @cairnml/plugin-local\n  path  string\n  provides ifAbsent\n',
    )
    expect(JSON.parse(policy.stdout)).toMatchObject({ use: 'content', options: { properties: { expires: {} } } })
    expect(validated).toMatchObject({ code: 0, stdout: 'Stack ci (stacks/ci.yaml) can be used.\n' })
    const schema = JSON.parse(project.read('.cairn/stack.schema.json')) as {
      readonly properties: { readonly artifactStore: { readonly anyOf: readonly object[] } }
    }
    expect(schema.properties.artifactStore.anyOf[0]).toMatchObject({
      properties: { use: { const: 'local' }, path: { type: 'string' } },
      additionalProperties: false,
    })
  })
})

describe('cairn doctor', () => {
  it('says that all is well, and writes nothing', async () => {
    using project = stackedProject()
    const well = await project.cairn(['doctor'])
    expect(well).toMatchObject({ code: 0, stderr: '' })
    for (const about of ['cairn', 'node', 'project', 'plugins', 'stack', 'artifactStore', 'cache index', 'locks']) {
      expect(well.stdout).toMatch(new RegExp(`^ok {9}${about} `, 'm'))
    }
    expect(project.exists('.cairn')).toBe(false)
  })

  it('says all that components answer, and makes nothing', async () => {
    using project = stackedProject({
      'stacks/ill.yaml':
        'artifactStore: { use: local, path: a-file }\nmetadataStore: { use: sqlite, path: a-file }\nprovenance: { use: git }\n',
      'a-file': 'no database, and no folder either',
    })
    const ill = await project.cairn(['doctor', '--stack', 'ill'], { env: { GIT_CEILING_DIRECTORIES: '/' } })
    const checked = await project.cairn(['stack', 'validate', 'ill', '--check', '--json'])
    expect(ill.code).toBe(2)
    expect(ill.stdout).toMatch(/^bad {8}artifactStore .*CAIRN_STORE_UNAVAILABLE: .*a-file is not a folder/m)
    expect(ill.stdout).toMatch(/^bad {8}metadataStore .*CAIRN_DATABASE_UNREADABLE: .*it is not a SQLite database/m)
    expect(ill.stdout).toMatch(/^bad {8}provenance .*CAIRN_COMPONENT_CHECK: .*in no git repository/m)
    expect(project.exists('.cairn/metadata.sqlite')).toBe(false)
    expect(checked.code).toBe(2)
    const { components } = JSON.parse(checked.stdout) as { readonly components: readonly { readonly state: string }[] }
    expect(components.filter(({ state }) => state === 'invalid')).toHaveLength(3)
  })

  it('says what is not well, all of it', async () => {
    using project = stackedProject({
      'stacks/ci.yaml': 'artifactStore: { use: s3 }\norchestrator: { use: local, concurrency: 0 }\n',
    })
    const ill = await project.cairn(['doctor', '--stack', 'ci', '--json'])
    expect(ill.code).toBe(2)
    const { healthy, findings } = JSON.parse(ill.stdout) as {
      readonly healthy: boolean
      readonly findings: readonly { readonly about: string; readonly state: string; readonly text: string }[]
    }
    expect(healthy).toBe(false)
    expect(
      findings.filter(({ state }) => state === 'bad').map(({ about, text }) => [about, text.split(':')[0]]),
    ).toEqual([
      ['orchestrator', 'CAIRN_COMPONENT_OPTIONS'],
      ['artifactStore', 'CAIRN_PLUGIN_MISSING'],
    ])
  })
})
