import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { PackageManager } from '../packed/packed-manifest.ts'
import { INSTALL_MS } from '../packed/packed-project.ts'
import { PluginProject } from './plugin-project.ts'

const TOKEN = 'token-that-nobody-sees'
const WORKS = `Added cairnml-plugin-works 1.3.0
cachePolicy works
  It takes no options.
  In a stack: cachePolicy: { use: works }
`

/** Adds plugins from a registry and removes them, in a project that was created from it. */
export function describePlugins(manager: PackageManager, more?: (current: () => PluginProject) => void): void {
  describe(`plugins that ${manager} gets from a registry`, { timeout: 180_000 }, () => {
    let project: PluginProject
    beforeAll(async () => void (project = await PluginProject.create(manager)), INSTALL_MS)
    afterAll(() => project[Symbol.dispose](), INSTALL_MS)

    const current = (): PluginProject => project
    testsOfNames(current)
    testsOfRegistry(current)
    testsOfPackages(current)
    more?.(current)
  })
}

/** What a name means. */
function testsOfNames(current: () => PluginProject): void {
  it.each([
    ['works@1.2.0', '1.2.0'],
    ["'works@~1.3.0'", '1.3.0'],
    ['cairnml-plugin-works@next', '2.0.0-rc.1'],
  ])('are of the version that %s means', async (name, version) => {
    expect(await current().types(`cairn plugin add ${name}`)).toMatch(`Added cairnml-plugin-works ${version}\n`)
  })

  it("are Cairn's own by a short name, else those of anybody", async () => {
    const project = current()
    await project.types('cairn plugin remove works')
    expect(await project.types(`${project.words.cairn} plugin add works`)).toContain(WORKS)
    expect(await project.types('cairn plugin add git')).toMatch(/^Added @cairnml\/plugin-git 0\.0\.0\nprovenance git\n/)
    const { plugins } = JSON.parse(await project.types('cairn plugin list --json')) as { readonly plugins: unknown }
    expect(plugins).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: '@cairnml/plugin-git', version: '0.0.0', own: true }),
        expect.objectContaining({ name: 'cairnml-plugin-works', version: '1.3.0', own: true, peer: '^0.0.0' }),
      ]),
    )
    expect(await project.types('npm test')).toMatch(/ fail 0\n/)
  })

  it.each([
    ['nowhere', '@cairnml/plugin-nowhere, and no package cairnml-plugin-nowhere'],
    ['nowhere@1.0.0', '@cairnml/plugin-nowhere, and no package cairnml-plugin-nowhere'],
    ['@cairnml/nowhere', '@cairnml/nowhere'],
  ])('are not there where nobody has published %s', async (name, tried) => {
    const project = current()
    const before = project.named
    expect(await project.shell(`cairn plugin add ${name}`)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `CAIRN_PLUGIN_UNKNOWN: There is no plugin "${name}": the registry has no package ${tried}.
Check the name, and the registry in .npmrc: one that wants a login may say the same. Nothing was installed.
More: cairn help CAIRN_PLUGIN_UNKNOWN
`,
    })
    expect(project.named).toEqual(before)
  })
}

/** What a registry answers. */
function testsOfRegistry(current: () => PluginProject): void {
  const refusal = async (line: string, npmrc?: string) => {
    const project = current()
    const before = project.named
    if (npmrc !== undefined) project.write({ '.npmrc': npmrc })
    const refused = await project.shell(line)
    if (npmrc !== undefined) project.remove('.npmrc')
    expect(project.named).toEqual(before)
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    return refused.stderr
  }

  it('are not replaced by others where something that they need is missing', async () => {
    expect(await refusal('cairn plugin add lacking')).toMatch(
      /^CAIRN_PACKAGE_MANAGER_FAILED: .*@cairnml\/plugin-lacking.*\n.*package\.json is as it was\.$/m,
    )
  })

  it('lack a version', async () => {
    expect(await refusal('cairn plugin add works@7')).toMatch(
      /^CAIRN_PACKAGE_MANAGER_FAILED: .*cairnml-plugin-works@7\): the registry lacks a version that is asked for/m,
    )
  })

  it('cannot be had from a registry that does not answer', async () => {
    const line = 'pnpm_config_fetch_retries=0 cairn plugin add other'
    const stderr = await refusal(line, 'registry=http://127.0.0.1:9/\nfetch-retries=0\n')
    expect(stderr).toMatch(/^CAIRN_PACKAGE_MANAGER_FAILED: .*@cairnml\/plugin-other\): the registry cannot be reached/m)
  })

  it('are sealed for whoever has another token, which is not shown', async () => {
    const host = current().registry.replace('http:', '')
    const stderr = await refusal('cairn plugin add @sealed/stores --debug', `${host}:_authToken=${TOKEN}\n`)
    expect(stderr).toMatch(/^CAIRN_PACKAGE_MANAGER_FAILED: .*: the registry wants a login, or refuses the one/m)
    expect(stderr).not.toContain(TOKEN)
  })

  it('are fetched from a URL whose password is not shown', async () => {
    const url = current().registry.replace('://', '://somebody:hunter2@')
    const stderr = await refusal(`cairn plugin add ${url}nothing.tgz`)
    expect(stderr).toMatch(/^CAIRN_PACKAGE_MANAGER_FAILED: /m)
    expect(stderr).not.toContain('hunter2')
  })

  it('are not added without the program that adds them', async () => {
    const project = current()
    const onlyNode = path.dirname(process.execPath)
    const { code, stderr } = await project.shell(`PATH=${onlyNode} node_modules/cairnml/bin/cairn.js plugin add other`)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^CAIRN_PACKAGE_MANAGER_FAILED: .*: p?npm is not installed, or not in PATH\.\n/),
    })
  })
}

/** What is in a package. */
function testsOfPackages(current: () => PluginProject): void {
  const goesOn = async (): Promise<void> => {
    expect(await current().types('cairn run hello')).toContain('Using cached version of greet')
    expect(await current().types('npm test')).toMatch(/ fail 0\n/)
  }

  it('are refused where they are made for another release of Cairn, and all else goes on', async () => {
    const project = current()
    await project.types('cairn run hello')
    const { code, stderr } = await project.shell('cairn plugin add ahead')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^CAIRN_PLUGIN_VERSION: .*plugin-ahead is/),
    })
    expect(stderr).toContain('is made for @cairnml/core ^9.0.0, and this is @cairnml/core 0.0.0.')
    await goesOn()
    if (project.named['cairnml-plugin-ahead'] !== undefined) await project.types('cairn plugin remove ahead')
    await goesOn()
  })

  it('are refused where they are none, with what removes them', async () => {
    const project = current()
    const { stderr } = await project.shell('cairn plugin add none')
    expect(stderr).toMatch(
      `CAIRN_PLUGIN_INVALID: The plugin cairnml-plugin-none cannot be used: its default export is no plugin.\n`,
    )
    expect(stderr).toContain(`${project.words.remove} cairnml-plugin-none removes it.`)
    expect(await project.types('cairn plugin list')).toMatch(/cairnml-plugin-none +1\.0\.0 .*its default export is no/)
    expect(await project.types('cairn plugin remove none')).toContain('Removed cairnml-plugin-none.\n')
    await goesOn()
  })

  it('are refused where a script of theirs fails or is held back', async () => {
    const project = current()
    const { code, stderr } = await project.shell('cairn plugin add hurt')
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^CAIRN_PACKAGE_MANAGER_FAILED: /m) })
    const [, remedy = ''] = stderr.trim().split('\n').slice(-3)
    const isNamed = project.named['cairnml-plugin-hurt'] !== undefined
    expect(remedy).toContain(
      isNamed ? `${project.words.remove} cairnml-plugin-hurt removes it.` : 'package.json is as it was.',
    )
    if (isNamed) await project.types(`${project.words.remove} cairnml-plugin-hurt`)
    await goesOn()
  })

  it('are both there where two were added at once', async () => {
    const project = current()
    await project.types('cairn plugin remove works git')
    expect(project.named).toEqual({})
    const both = await Promise.all(['works', 'git'].map((name) => project.shell(`cairn plugin add ${name}`)))
    for (const { code, stderr } of both) {
      expect(code).toBe(0)
      expect(stderr).toMatch(
        /^(?:Waiting for process \d+ on \S+, which is changing the packages of this project\.\n)?$/,
      )
    }
    expect(project.named).toEqual({ 'cairnml-plugin-works': '^1.3.0', '@cairnml/plugin-git': '^0.0.0' })
    expect(await project.types('cairn plugin show works git')).toMatch(
      /^cairnml-plugin-works 1.*^@cairnml\/plugin-git/ms,
    )
  })

  it('are used by a stack, and not removed then', async () => {
    const project = current()
    await project.types('cairn stack register mine --cache-policy works --set')
    expect(await project.types('cairn run hello')).toContain('Using stack mine to run pipeline hello...\n')
    expect(await project.shell('cairn plugin remove works')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^CAIRN_PLUGIN_IN_USE: .*stacks\/mine\.yaml/) as string,
    })
    await project.types('cairn stack set default && cairn stack delete mine --yes')
  })
}
