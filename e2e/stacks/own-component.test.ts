import { describe, expect, it } from 'vitest'

import { OWN_STORE, stackedProject } from './stacked-project.ts'

const FILES = {
  'own-store.ts': OWN_STORE,
  'stacks/own.yaml':
    'artifactStore:\n  use: ./own-store.ts\n  folder: kept\n  token: ${env:OWN_TOKEN}\nmetadataStore: { use: sqlite, path: kept.sqlite }\n',
}
const env = { OWN_TOKEN: 'open sesame' }

describe('a component in a TypeScript file of the project', () => {
  it('is used unbuilt: what it keeps is reused, explained and listed', async () => {
    using project = stackedProject(FILES)
    expect((await project.cairn(['stack', 'set', 'own'], { env })).code).toBe(0)

    const first = await project.run('main.ts', { env })
    const second = await project.run('main.ts', { node: true, env })
    const explained = await project.cairn(['explain'], { env })
    await project.cairn(['stack', 'set', 'default'], { env })
    const reported = await project.run('main.ts', { args: ['--stack', 'own', '--report', 'report.json'], env })
    await project.cairn(['stack', 'set', 'own'], { env })
    const listed = await project.cairn(['cache', 'ls'], { env })

    expect(first).toMatchObject({ code: 0, stderr: '', steps: ['count', 'letters'], result: 'cairn.' })
    expect(first.stdout).toContain('Using stack own to run pipeline greeting...')
    expect(second).toMatchObject({ code: 0, stderr: '', steps: [], result: 'cairn.' })
    expect(project.exists('kept/cairn-store.json')).toBe(true)
    expect(project.exists('.cairn/artifacts')).toBe(false)
    expect(reported).toMatchObject({ code: 0, stderr: '', steps: [] })
    expect(project.read('report.json')).toContain('"name":"own"')
    expect(explained).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toContain('letters')
  })

  it('is not loaded by validate and set without --allow-code, and is checked with it', async () => {
    using project = stackedProject({
      ...FILES,
      'stacks/wrong.yaml': 'artifactStore: { use: ./own-store.ts, foldr: x }\n',
    })
    const loaded = { env: { ...env, OWN_LOADED: '1' } }

    const plain = await project.cairn(['stack', 'validate', 'own'], loaded)
    const set = await project.cairn(['stack', 'set', 'own'], loaded)
    const allowed = await project.cairn(['stack', 'validate', 'own', '--allow-code'], loaded)
    const wrong = await project.cairn(['stack', 'validate', 'wrong', '--allow-code'])

    expect(plain.code).toBe(0)
    expect(plain.stdout).toBe(
      'Stack own (stacks/own.yaml) can be used.\n' +
        'Not checked: artifactStore is ./own-store.ts, code of this project; --allow-code loads it.\n',
    )
    expect(set.stdout + set.stderr).not.toContain('own-store is loaded')
    expect(allowed.stderr).toContain('own-store is loaded')
    expect(allowed.stdout).not.toContain('Not checked')
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toMatch(/stacks\/wrong\.yaml:1:39: there is no option "foldr" \(did you mean "folder"\?\)/)
  })

  it('gets its secret late: nothing stores or prints it, and its lack is said when it is needed', async () => {
    using project = stackedProject(FILES)
    const valid = await project.cairn(['stack', 'validate', 'own', '--allow-code'])
    const missing = await project.cairn(['run', 'pipeline.ts', '--stack', 'own'])
    const run = await project.cairn(['run', 'pipeline.ts', '--stack', 'own'], { env })
    const described = await project.cairn(['stack', 'describe', 'own', '--json'], { env })

    expect(valid.code).toBe(0)
    expect(missing.code).toBe(2)
    expect(missing.stderr).toMatch(
      /CAIRN_STACK_SECRET: The secret at stacks\/own\.yaml:4:10 .* the variable OWN_TOKEN is not set/,
    )
    expect(run.code).toBe(0)
    for (const text of [run.stdout, described.stdout, missing.stderr]) expect(text).not.toContain('open sesame')
    expect(project.filesWith('.cairn', 'open sesame')).toEqual([])
    expect(project.filesWith('.cairn', 'OWN_TOKEN')).toEqual([])
    expect(described.stdout).toContain('${env:OWN_TOKEN}')
  })

  it('is asked to talk to its service by --check, and by nothing else', async () => {
    using project = stackedProject({
      ...FILES,
      'own-store.ts': OWN_STORE.replace(
        '  async put(',
        "  async check() { throw new Error('nobody answers') }\n\n  async put(",
      ),
    })
    const silent = await project.cairn(['stack', 'validate', 'own', '--allow-code'], { env })
    const asked = await project.cairn(['stack', 'set', 'own', '--allow-code', '--check'], { env })
    const wrong = await project.cairn(['stack', 'validate', 'own', '--allow-code', '--check'], {
      env: { OWN_TOKEN: 'x' },
    })
    expect(silent.code).toBe(0)
    expect(asked).toMatchObject({ code: 2, stdout: '' })
    expect(asked.stderr).toContain('nobody answers')
    expect(project.exists('.cairn/active-stack')).toBe(false)
    expect(wrong.stdout).toContain('the token is wrong')
  })

  it('may be any TypeScript, for every command', async () => {
    using project = stackedProject({
      ...FILES,
      'own-store.ts': OWN_STORE.replace('class OwnStore', 'enum Kind { own }\nclass OwnStore'),
    })
    const commands = [['stack', 'set', 'own', '--allow-code'], ['run', 'pipeline.ts'], ['explain'], ['cache', 'ls']]
    for (const args of commands) expect(await project.cairn(args, { env })).toMatchObject({ code: 0, stderr: '' })
  })

  it('that is not used is not loaded', async () => {
    using project = stackedProject({ ...FILES, 'own-store.ts': 'throw new Error("loaded")\n' })
    const run = await project.cairn(['run', 'pipeline.ts'])
    const listed = await project.cairn(['stack', 'list'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toMatch(/own +local +\.\/own-store\.ts +sqlite +content +stacks\/own\.yaml/)
  })
})
