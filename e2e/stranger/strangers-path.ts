import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { PackageManager } from '../packed/packed-manifest.ts'
import { INSTALL_MS } from '../packed/packed-project.ts'
import { guideFiles } from './guide-code.ts'
import { CAIRN, REFUSALS } from './refusals-data.ts'
import { StrangersProject } from './strangers-project.ts'

const RUNS = /^Step greet has finished[^]*^Step count_letters has finished/m
const REUSES = /^Using cached version of greet\.[^]*^Using cached version of count_letters\./m

/** Goes from an empty folder to a plugin, as the guides say it, with the packages as they are published. */
export function describeStrangersPath(manager: PackageManager): void {
  describe(`a stranger who has ${manager} and an empty folder`, { timeout: 180_000 }, () => {
    let project: StrangersProject
    beforeAll(async () => void (project = await StrangersProject.create(manager)), INSTALL_MS)
    afterAll(() => project[Symbol.dispose](), INSTALL_MS)

    const current = (): StrangersProject => project
    testsOfProject(manager, current)
    testsOfRefusals(manager, current)
    testsOfComponent(manager, current)
    testsOfPlugin(manager, current)
  })
}

/** A project, and stacks beside the first. */
function testsOfProject(manager: PackageManager, current: () => StrangersProject): void {
  it('starts a project, and does what is said to be next', async () => {
    const project = current()
    const run = { npm: 'npx cairn run hello', pnpm: 'pnpm cairn run hello' }[manager]
    expect(project.created).toContain(`\nNext:\n  cd my-app\n  ${manager} install\n  ${run}\n  ${manager} test\n`)
    expect(await project.types(run)).toMatch(RUNS)
    expect(await project.types(run)).toMatch(REUSES)
    expect(await project.types(`${manager} test`)).toMatch(/ pass 2\n. fail 0\n/)
    await project.types(`${manager} run typecheck`)
  })

  it('has stacks beside the first, and comes back to what was kept', async () => {
    const project = current()
    project.write({
      'stacks/base.yaml': 'cachePolicy: { use: content, expires: 30d }\n',
      'stacks/team.yaml': 'extends: ./base.yaml\nartifactStore: { use: local, path: team }\n',
    })
    await project.types("cairn stack register small --artifact-store 'local path=small'")
    for (const [before, name] of [
      ['default', 'small'],
      ['small', 'team'],
    ]) {
      expect(await project.types(`cairn stack set ${name}`)).toBe(
        `Stack ${name} is set.\nIt has another artifact store: results that only stack ${before} has do not follow; cairn artifact push --all --stack ${before} --to ${name} copies them.\n`,
      )
      const run = await project.types('cairn run hello')
      expect(run).toContain(`Using stack ${name} to run pipeline hello...\n`)
      expect(run).toMatch(/^Step greet runs: output gone[^]*^Step count_letters runs: output gone/m)
      expect(await project.types('cairn run hello')).toMatch(REUSES)
    }
    await project.types('cairn stack set default')
    expect(await project.types('cairn run hello')).toMatch(REUSES)
    await project.types('cairn stack set team')
  })
}

/** What breaks, and what goes on. */
function testsOfRefusals(manager: PackageManager, current: () => StrangersProject): void {
  it.each(REFUSALS)('is told of $name, and the stack before goes on', async ({ command, ...refusal }) => {
    const project = current()
    project.write({ ...guideFiles('sealed-store.ts'), ...refusal.files, 'stacks/broken.yaml': refusal.stack })
    const says = refusal.says.replace('{dir}', project.dir).replace('{cairn}', CAIRN[manager])
    const [code = ''] = says.split(':')

    const refused = await project.shell(`cairn ${command ?? 'stack set broken --allow-code'}`)
    const run = await project.types('cairn run hello')

    expect(refused.stderr).toBe(`${says}\nMore: cairn help ${code}\n`)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(run).toContain('Using stack team to run pipeline hello...\n')
    expect(run).toMatch(REUSES)
  })

  it('sets a stack in two processes at once, and one of the two is used', async () => {
    const project = current()
    const both = await Promise.all(['small', 'default'].map((name) => project.shell(`cairn stack set ${name}`)))
    const { stdout } = await project.shell('cairn stack get')

    expect(both).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ])
    expect(stdout).toMatch(/^(?:small \(stacks\/small\.yaml\)|default \(built in\)), chosen by `cairn stack set`\.\n$/)
    expect(await project.types('cairn run hello')).toMatch(REUSES)
  })
}

/** A component in a file of the project. */
function testsOfComponent(manager: PackageManager, current: () => StrangersProject): void {
  it('writes a store as the guide shows it, which conforms', async () => {
    const project = current()
    project.write(guideFiles('sealed-store.ts', 'sealed-store.test.ts'))
    const options = `'{"passphrase":"\${env:SEALED_PASSPHRASE}"}'`

    await project.types(`${manager} run typecheck`)
    // The command below runs all of the suite; here it is whether a runner finds it.
    const tests = await project.types('node --test --test-name-pattern=ifAbsent sealed-store.test.ts')
    expect(tests).toMatch(/ pass [1-9]\d*\n. fail 0\n/)
    expect(await project.types(`cairn plugin check ./sealed-store.ts --options ${options}`)).toMatch(
      /^artifactStore sealed of .*sealed-store\.ts\n[^]* {2}passed +ifAbsent[^]*\nIt conforms: \d\d tests passed\.\n$/,
    )
  })

  it('uses it as it stands: a run is kept there, and a lost object costs one step', async () => {
    const project = current()
    project.write({
      'stacks/sealed.yaml': "artifactStore:\n  use: ./sealed-store.ts\n  passphrase: '${env:SEALED_PASSPHRASE}'\n",
    })
    await project.types('cairn stack set sealed --allow-code')
    expect(await project.types('cairn run hello --name kept')).toMatch(RUNS)
    expect(await project.types('cairn run hello')).toMatch(REUSES)

    await project.losesResult('kept/count_letters')
    const run = await project.types('cairn run hello --name lost')

    expect(run).toMatch(
      /^Using cached version of greet\.[^]*^Step count_letters runs: output gone \(made by run kept\)/m,
    )
    expect(await project.types('cairn explain lost count_letters')).toMatch(
      /^count_letters ran: output gone \(made by run kept\)\.\n/,
    )
    expect(await project.types('cairn run hello')).toMatch(REUSES)
    expect(project.filesWith('.', 'horse battery')).toEqual(['sealed-store.test.ts'])
  })
}

/** A component in a package. */
function testsOfPlugin(manager: PackageManager, current: () => StrangersProject): void {
  it('makes a plugin of a store, adds its folder, and uses it', async () => {
    const project = current()
    const folder = 'cairnml-plugin-my-store'
    const created = await project.types('cairn plugin create my-store --port artifact-store')
    // pnpm has settings in the project: what it would install from below is its packages.
    const install = manager === 'pnpm' ? 'pnpm install --ignore-workspace' : `${manager} install`
    expect(created).toContain(`\nNext:\n  cd ${folder}\n  ${install}\n  ${manager} test\n`)
    const [, ...next] = created.slice(created.indexOf('\nNext:\n')).trim().split('\n')
    expect(await project.types(next.join(' && '))).toMatch(/ fail 0\n/)

    expect(await project.types(`cairn plugin add ./${folder}`)).toMatch(new RegExp(`^Added ${folder} 0\\.1\\.0\n`))
    await project.types("cairn stack register mine --artifact-store 'my-store path=objects' --set")
    expect(await project.types('cairn run hello')).toMatch(RUNS)
    expect(await project.types('cairn run hello')).toMatch(REUSES)
    expect(await project.shell('cairn plugin remove my-store')).toMatchObject({
      code: 2,
      stderr: `CAIRN_PLUGIN_IN_USE: The plugin ${folder} is used by stacks/mine.yaml.
Change these stacks first, or add --force. Nothing was removed.
More: cairn help CAIRN_PLUGIN_IN_USE
`,
    })
    expect(await project.types('cairn run hello')).toMatch(REUSES)
  })
}
