import { spawnSync } from 'node:child_process'
import { mkdir, mkdtempDisposable, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { describe, expect, it } from 'vitest'

import { createPlugin } from './create-plugin.ts'
import { createProject } from './create-project.ts'
import { PLUGIN_PORTS } from './plugin-ports.ts'

const REPOSITORY = nodePath.resolve(import.meta.dirname, '../../..')
const INSTALLED: Readonly<Record<string, string>> = {
  cairnml: 'packages/cairnml',
  '@cairnml/core': 'packages/core',
  '@cairnml/testing': 'packages/testing',
  '@types/node': 'node_modules/@types/node',
  zod: 'node_modules/zod',
}
/** The packages of this repository run from their sources. */
const CONDITIONS = '--conditions=@cairnml/source'
const TSC = nodePath.join(REPOSITORY, 'node_modules/typescript/bin/tsc')
/** Sources are checked along with it, as strictly as they are written. */
const FROM_SOURCE = ['--customConditions', '@cairnml/source', '--exactOptionalPropertyTypes']

/** Links what a package asks for, as a package manager would. */
async function install(folder: string): Promise<void> {
  for (const [name, path] of Object.entries(INSTALLED)) {
    const link = nodePath.join(folder, 'node_modules', name)
    await mkdir(nodePath.dirname(link), { recursive: true })
    await symlink(nodePath.join(REPOSITORY, path), link, 'junction')
  }
}

function node(cwd: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8', timeout: 60_000 })
  return { status, output: stdout + stderr }
}

const temporary = () => mkdtempDisposable(nodePath.join(os.tmpdir(), 'cairn-created-'))

describe.each(PLUGIN_PORTS)('a new plugin with %s', (port) => {
  it('passes its types, its tests and the conformance suite, and builds', { timeout: 120_000 }, async () => {
    await using dir = await temporary()
    const { folder, name } = await createPlugin({ name: 'memory', port, folder: nodePath.join(dir.path, 'new') })
    await install(folder)

    expect(name).toBe('cairnml-plugin-memory')
    expect(node(folder, [TSC, ...FROM_SOURCE])).toEqual({ status: 0, output: '' })
    const { status, output } = node(folder, [CONDITIONS, '--test', '--test-reporter=tap'])
    expect(output).toMatch(/^# fail 0$/m)
    expect(Number(/^# pass (\d+)$/m.exec(output)?.[1])).toBeGreaterThan(8)
    expect(status).toBe(0)
    expect(node(folder, [TSC, '-p', 'tsconfig.build.json', ...FROM_SOURCE])).toEqual({ status: 0, output: '' })
    expect(await readdir(nodePath.join(folder, 'dist'))).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']))
    const load = "import plugin from 'cairnml-plugin-memory'; console.log(plugin.name, plugin.components.length)"
    expect(node(folder, [CONDITIONS, '--input-type=module', '-e', load])).toEqual({ status: 0, output: 'memory 1\n' })
  })
})

describe('a new project', () => {
  it('passes its types and its tests', { timeout: 120_000 }, async () => {
    await using dir = await temporary()
    const { folder } = await createProject({ folder: nodePath.join(dir.path, 'my-app') })
    await install(folder)

    expect(node(folder, [TSC, ...FROM_SOURCE])).toEqual({ status: 0, output: '' })
    const { status, output } = node(folder, [CONDITIONS, '--test', '--test-reporter=tap'])
    expect(output).toMatch(/^# pass 2$/m)
    expect(status).toBe(0)
  })
})

describe('what is created', () => {
  it('asks for this release of Cairn, and the other packages that this repository is tested with', async () => {
    await using dir = await temporary()
    const root = JSON.parse(await readFile(nodePath.join(REPOSITORY, 'package.json'), 'utf8')) as Manifest
    const own = JSON.parse(await readFile(nodePath.join(REPOSITORY, 'packages/core/package.json'), 'utf8')) as Manifest
    const project = await createProject({ folder: nodePath.join(dir.path, 'my-app') })
    const plugin = await createPlugin({ name: 'my-store', port: 'orchestrator', folder: nodePath.join(dir.path, 'p') })
    for (const { folder, name } of [project, plugin]) {
      const manifest = JSON.parse(await readFile(nodePath.join(folder, 'package.json'), 'utf8')) as Manifest
      expect(manifest.name).toBe(name)
      const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }
      for (const [each, version] of Object.entries(asked)) {
        const wanted = /^(?:cairnml$|@cairnml\/)/.test(each) ? own.version : root.devDependencies?.[each]
        expect(version, each).toBe(`^${wanted}`)
      }
    }
  })

  it.each(PLUGIN_PORTS)('leaves no placeholder behind in a plugin with %s', async (port) => {
    await using dir = await temporary()
    const { folder, files } = await createPlugin({ name: 'my-store', port, folder: nodePath.join(dir.path, 'p') })
    for (const file of files) {
      expect(file).not.toMatch(/acme|^_/i)
      expect(await readFile(nodePath.join(folder, file), 'utf8'), file).not.toMatch(/acme|0\.0\.0-|\{\{/i)
    }
  })

  it.each(['Store', 'a_b', '../x', '', '1a', 'con', 'a/b', 'a'.repeat(101), '-a', 'a\0b', 'aux'])(
    'is no plugin of the name %j',
    async (name) => {
      await using dir = await temporary()
      const creation = createPlugin({ name, port: 'orchestrator', folder: nodePath.join(dir.path, 'p') })
      await expect(creation).rejects.toMatchObject({ code: 'CAIRN_NAME_INVALID' })
      expect(await readdir(dir.path)).toEqual([])
    },
  )

  it.each(['My App', 'CON', 'nul.txt', 'node_modules', '.hidden', 'a.', 'cairnml'])(
    'is no project of the name %j',
    async (name) => {
      await using dir = await temporary()
      const creation = createProject({ folder: nodePath.join(dir.path, name) })
      await expect(creation).rejects.toMatchObject({ code: 'CAIRN_NAME_INVALID' })
      expect(await readdir(dir.path)).toEqual([])
    },
  )
})

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

describe('the folder', () => {
  it('may be there if it is empty but for .git', async () => {
    await using dir = await temporary()
    const folder = nodePath.join(dir.path, 'my-app')
    await mkdir(nodePath.join(folder, '.git'), { recursive: true })
    const { files } = await createProject({ folder })
    expect(files).toContain('src/hello.pipeline.ts')
    expect((await readdir(folder)).filter((name) => name.startsWith('.')).toSorted()).toEqual(['.git', '.gitignore'])
  })

  it('is left as it was if something is in it, or a file is in its place', async () => {
    await using dir = await temporary()
    const folder = nodePath.join(dir.path, 'my-app')
    await mkdir(folder)
    await writeFile(nodePath.join(folder, 'mine.txt'), 'mine')
    await expect(createProject({ folder })).rejects.toMatchObject({ code: 'CAIRN_CREATE_FAILED' })
    await expect(createProject({ folder: nodePath.join(folder, 'mine.txt') })).rejects.toMatchObject({
      code: 'CAIRN_CREATE_FAILED',
      message: expect.stringContaining('a file is in its place') as string,
    })
    expect(await readdir(folder)).toEqual(['mine.txt'])
    expect(await readdir(dir.path)).toEqual(['my-app'])
  })
})
