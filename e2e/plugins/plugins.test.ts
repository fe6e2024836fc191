import path from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { INSTALL_MS, inPackedProject, packedProject } from '../packed/packed-project.ts'
import { REPOSITORY } from '../project/installed-packages.ts'
import type { CommandResult, TemporaryProject } from '../project/temporary-project.ts'

/** The compiler is large, so it is not installed once more. */
const TSC = path.join(REPOSITORY, 'node_modules/.bin/tsc')
const PLUGIN = 'cairnml-plugin-my-store'
const TARBALL = `${PLUGIN}-0.1.0.tgz`

describe('projects and plugins that are created from the packed packages', { timeout: 180_000 }, () => {
  let project: TemporaryProject
  const shell = (line: string): Promise<CommandResult> => inPackedProject(project, ['sh', '-c', line])
  const succeed = async (line: string): Promise<string> => {
    const { code, stdout, stderr } = await shell(line)
    expect({ line, code }, stderr + stdout).toEqual({ line, code: 0 })
    return stdout
  }

  // What is created lies inside of it, and finds what is installed there.
  beforeAll(async () => {
    project = await packedProject({
      manager: 'npm',
      dependencies: {
        cairnml: 'packed',
        'create-cairnml': 'packed',
        '@cairnml/core': 'packed',
        '@cairnml/testing': 'packed',
        zod: '4.6.7',
      },
      devDependencies: { '@types/node': '24.19.2' },
    })
  }, INSTALL_MS)

  afterAll(() => project[Symbol.dispose](), INSTALL_MS)

  it('are a project whose types, tests and pipeline pass', async () => {
    expect(await succeed('create-cairnml my-app')).toContain('cairn run hello')
    await succeed(`cd my-app && ${TSC} && node --test`)
    expect(await succeed('cd my-app && cairn run hello')).toContain('Pipeline run hello-')
    expect(await succeed('cd my-app && cairn run hello')).toContain('Using cached version of count_letters')
  })

  it('refuse a folder that has something in it', async () => {
    const { code, stderr } = await shell('create-cairnml my-app')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^CAIRN_CREATE_FAILED: .*is not empty/)
  })

  it('are a plugin that builds, passes its tests and is packed', async () => {
    await succeed('create-cairnml --plugin artifact-store my-store')
    await succeed(`cd ${PLUGIN} && node --test && ${TSC} && ${TSC} -p tsconfig.build.json`)
    await succeed(`cd ${PLUGIN} && npm pack --ignore-scripts`)
    expect(project.exists(`${PLUGIN}/${TARBALL}`)).toBe(true)
  })

  it('are added, listed and checked', async () => {
    const added = await succeed(`cairn plugin add ./${PLUGIN}/${TARBALL}`)
    expect(added).toContain(`Added ${PLUGIN} 0.1.0\nartifactStore my-store\n  path  string`)
    expect(added).toContain('In a stack: artifactStore: { use: my-store }')
    expect(project.read('.cairn/stack.schema.json')).toContain('"my-store"')
    expect(await succeed('cairn plugin list')).toMatch(
      / {2}cairnml-plugin-my-store +0\.1\.0 +artifactStore my-store +can be used/,
    )
    expect(await succeed('cairn plugin check my-store --durable')).toMatch(
      /passed +the same store opened again[^]*It conforms/,
    )
  })

  it('fail the check by the tests that are meant for their faults', async () => {
    const file = `node_modules/${PLUGIN}/dist/artifact-store.js`
    const right = project.read(file)
    project.edit(file, 'await rm(this.#file(key), { force: true })', 'await 0')
    const { code, stdout, stderr } = await shell('cairn plugin check my-store --json')
    project.write({ [file]: right })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const { components } = JSON.parse(stdout) as {
      readonly components: readonly {
        readonly sections: readonly { readonly failed: readonly { readonly test: string }[] }[]
      }[]
    }
    const failed = components.flatMap(({ sections }) => sections.flatMap((section) => section.failed))
    expect(failed.map(({ test }) => test)).toContain('removes an object')
  })

  it('are not removed while a stack uses them', async () => {
    await succeed("cairn stack register mine --artifact-store 'my-store path=objects'")
    const refused = await shell('cairn plugin remove my-store')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('stacks/mine.yaml') as string })
    await succeed('cairn stack delete mine --yes')
    expect(await succeed('cairn plugin remove my-store')).toBe(`Removed ${PLUGIN}.\n`)
    expect(project.read('package.json')).not.toContain(PLUGIN)
    expect(project.read('.cairn/stack.schema.json')).not.toContain('my-store')
  })

  it('say of a package that is none, and of one that nobody has published', async () => {
    project.write({
      'none/package.json': '{ "name": "cairnml-plugin-none", "version": "1.0.0", "main": "index.js" }',
      'none/index.js': '',
    })
    const none = await shell('cairn plugin add ./none')
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^CAIRN_PLUGIN_INVALID: [^]*npm uninstall cairnml-plugin-none/) as string,
    })
    const missing = await shell('cairn plugin add ./nowhere.tgz')
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('CAIRN_PACKAGE_MANAGER_FAILED') as string,
    })
  })
})
