import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import manifest from '../../package.json' with { type: 'json' }
import { loadComponent } from './load-plugin.ts'
import { resolvePlugin, useParts, type PluginSearch } from './resolve-plugin.ts'

const { version } = manifest

let root: string
let project: string
let search: PluginSearch
beforeEach(async () => {
  // What runs the tests would otherwise say how packages are installed.
  vi.stubEnv('npm_config_user_agent', undefined)
  root = await realpath(await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-plugin-')))
  project = nodePath.join(root, 'project')
  await mkdir(project)
  search = { projectDir: project, fallbackDirs: [nodePath.join(root, 'engine')] }
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true, force: true })
})

const store = (type?: string): string => `{ port: 'artifactStore', type: ${JSON.stringify(type)}, create: () => ({}) }`
const plugin = (name: string, components: string): string => `{ name: '${name}', components: [${components}] }`
const esm = (value: string): string => `export default ${value}\n`

interface Package {
  readonly manifest?: object
  readonly files: Readonly<Record<string, string>>
}

async function install(name: string, given: Package, dir = project): Promise<void> {
  const folder = nodePath.join(dir, 'node_modules', ...name.split('/'))
  const manifest = { name, version: '1.0.0', type: 'module', exports: './index.js', ...given.manifest }
  for (const [path, content] of Object.entries({ ...given.files, 'package.json': JSON.stringify(manifest) })) {
    await mkdir(nodePath.dirname(nodePath.join(folder, path)), { recursive: true })
    await writeFile(nodePath.join(folder, path), content)
  }
}

const simple = (name: string): Package => ({ files: { 'index.js': esm(plugin(name, store())) } })
const load = (use: string): ReturnType<typeof loadComponent> => loadComponent(use, 'artifactStore', search)

describe('finding a plugin', () => {
  it.each([
    ['attic', '@cairnml/plugin-attic'],
    ['attic', 'cairnml-plugin-attic'],
    ['@acme/cairn-attic', '@acme/cairn-attic'],
    ['@cairnml/plugin-attic', '@cairnml/plugin-attic'],
    ['cairnml-plugin-attic', 'cairnml-plugin-attic'],
  ])('%s is the package %s where that is installed', async (use, packageName) => {
    await install(packageName, simple('s3'))
    expect(await load(use)).toMatchObject({ plugin: packageName, type: 's3', definition: { port: 'artifactStore' } })
  })

  it('prefers the project to the packages that bring plugins of their own', async () => {
    const brought = nodePath.join(root, 'engine')
    await install('@cairnml/plugin-attic', simple('brought'), brought)
    expect(await load('attic')).toMatchObject({ type: 'brought' })
    await install('@cairnml/plugin-attic', simple('own'))
    expect(await load('attic')).toMatchObject({ type: 'own' })
  })

  it('takes a name that could mean two installed packages for ambiguous, and the whole name for clear', async () => {
    await install('@cairnml/plugin-attic', simple('first'))
    await install('cairnml-plugin-attic', simple('third'))
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_AMBIGUOUS',
      details: { use: 'attic', found: ['@cairnml/plugin-attic', 'cairnml-plugin-attic'] },
    })
    expect(await load('cairnml-plugin-attic')).toMatchObject({ type: 'third' })
  })

  it.each([
    ['pnpm-lock.yaml', 'pnpm cairn plugin add attic'],
    ['yarn.lock', 'yarn cairn plugin add attic'],
    ['package-lock.json', 'npx cairn plugin add attic'],
    ['nothing.lock', 'npx cairn plugin add attic'],
  ])('says how to install a missing one, by %s', async (lockfile, install) => {
    await writeFile(nodePath.join(project, lockfile), '')
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_MISSING',
      details: { use: 'attic', tried: ['@cairnml/plugin-attic', 'cairnml-plugin-attic'], from: project },
      hint: `Install it: ${install}`,
    })
  })

  it('looks for the lockfile in the folders above, as in a workspace', async () => {
    await writeFile(nodePath.join(root, 'pnpm-lock.yaml'), '')
    await expect(load('@acme/cairn-attic')).rejects.toMatchObject({ hint: 'Install it: pnpm add @acme/cairn-attic' })
  })

  it.each(
    [
      [
        '@a/../../x',
        '#',
        '',
        '@',
        '@a',
        'local/x',
        '__proto__',
        'a b; rm -rf .',
        '$(id)',
        'a&b',
        '-g',
        'x'.repeat(5000),
      ],
      ['node:fs', 'data:text/javascript,1', 'https://example.org/x.js', '@a/b%2f'],
    ].flat(),
  )('refuses %s as the name of a package, and advises no command with it', async (use) => {
    const error: unknown = await resolvePlugin(use, search).catch((fault: unknown) => fault)
    expect(error).toMatchObject({ code: 'CAIRN_PLUGIN_INVALID', hint: expect.not.stringContaining('npm') as string })
    expect((error as Error).message.length).toBeLessThan(400)
  })

  it.each(['file://host/x.ts', 'file:///%00x.ts', 'file:x', `./${'x'.repeat(5000)}.ts`])(
    'refuses %s as a path',
    async (use) => {
      await expect(resolvePlugin(use, search)).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_INVALID' })
    },
  )

  it('says what to write for a file that is named without its path', async () => {
    await writeFile(nodePath.join(project, 'my-store.ts'), '')
    await expect(load('my-store.ts')).rejects.toMatchObject({ hint: "Write './my-store.ts'." })
  })

  it('says which package cannot be read', async () => {
    await install('cairnml-plugin-attic', { files: {} })
    await writeFile(nodePath.join(project, 'node_modules', 'cairnml-plugin-attic', 'package.json'), '{ "name":')
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_INVALID',
      details: { plugin: 'cairnml-plugin-attic', problem: expect.stringContaining('package.json') as string },
    })
  })

  it('takes a path from the folder of the project, in TypeScript as it is', async () => {
    await mkdir(nodePath.join(project, 'own'))
    const typed = `const components: readonly object[] = [${store('a')}, ${store('b')}]\nexport default { name: 'own', components }\n`
    await writeFile(nodePath.join(project, 'own', 'store.ts'), typed)
    expect(await load('./own/store.ts#b')).toMatchObject({ plugin: './own/store.ts', type: 'b' })
    await expect(load('./own/store.ts')).rejects.toThrow('write ./own/store.ts#a or ./own/store.ts#b')
  })

  it('reads the type behind the last sign, which a path may hold itself', () => {
    expect(useParts('attic#cold')).toEqual({ name: 'attic', type: 'cold' })
    expect(useParts('./a#b/store.ts')).toEqual({ name: './a#b/store.ts' })
    expect(useParts('./a#b/store.ts#cold')).toEqual({ name: './a#b/store.ts', type: 'cold' })
  })

  it.each([
    ['../../project', 'there is no file'],
    ['./package.json', 'it is no TypeScript or JavaScript file'],
    ['.', 'there is no file'],
    ['..', 'there is no file'],
  ])('refuses the path %s', async (use, problem) => {
    await writeFile(nodePath.join(project, 'package.json'), '{}')
    await expect(resolvePlugin(use, search)).rejects.toThrow(problem)
  })

  it('takes a package of just that name only if it is made for Cairn', async () => {
    await install('attic', simple('client'))
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_MISSING',
      message: expect.stringContaining('the package attic, which is there, is no plugin') as string,
      hint: expect.stringMatching(/^Name a plugin: `cairn plugin list`/) as string,
    })
    await install('attic', { ...simple('own'), manifest: { peerDependencies: { '@cairnml/core': '*' } } })
    expect(await load('attic')).toMatchObject({ plugin: 'attic', type: 'own' })
    await expect(load('fs')).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_MISSING' })
  })

  it.each([
    [2, 'npm install cairnml@latest'],
    [0, 'npm install cairnml-plugin-attic@latest'],
  ])('refuses a component made for version %s of its port', async (made, update) => {
    const component = `{ port: 'artifactStore', portVersion: ${made}, create: () => ({}) }`
    await install('cairnml-plugin-attic', { files: { 'index.js': esm(plugin('attic', component)) } })
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_VERSION',
      message: `The plugin cairnml-plugin-attic is made for version ${made} of the port artifactStore, and this is version 1.`,
      hint: `Install versions that go together: ${update}`,
    })
  })

  it.each([
    [2, 'Install versions that go together: npm install cairnml@latest'],
    [0, 'Change ./store.js so that it fits, and its portVersion with it.'],
  ])('says of a file made for version %s of its port what can be done about it', async (made, hint) => {
    const component = `{ port: 'artifactStore', portVersion: ${made}, create: () => ({}) }`
    await writeFile(nodePath.join(project, 'store.js'), esm(plugin('own', component)))
    await expect(load('./store.js')).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_VERSION', hint })
  })

  it.each(["'1'", 'Number.NaN', '1.5', 'null', '{}', '() => 1', '1n'])(
    'refuses %s for a version of a port, and says how it is declared',
    async (made) => {
      const component = `{ port: 'artifactStore', portVersion: ${made}, create: () => ({}) }`
      await install('cairnml-plugin-attic', { files: { 'index.js': esm(plugin('attic', component)) } })
      await expect(load('attic')).rejects.toMatchObject({
        code: 'CAIRN_PLUGIN_INVALID',
        message: expect.stringMatching(
          /portVersion of its artifactStore is .+, which is no version of a port/,
        ) as string,
        hint: expect.stringContaining('`artifactStore({ ... })`') as string,
      })
    },
  )

  it('takes a component that says no version for one of the first', async () => {
    const component = `{ port: 'artifactStore', create: () => ({}) }`
    await install('cairnml-plugin-attic', { files: { 'index.js': esm(plugin('attic', component)) } })
    expect(await load('attic')).toMatchObject({ type: 'attic' })
  })

  it.each([
    ['^99.0.0', 'cairnml@latest'],
    ['>=98.1.0 <99', 'cairnml@latest'],
    ['<0.0.0', 'cairnml-plugin-attic@latest'],
  ])('refuses a package that is made for %s of this one, and does not load it', async (range, update) => {
    const files = { 'index.js': 'throw new Error("loaded")' }
    await install('cairnml-plugin-attic', { files, manifest: { peerDependencies: { '@cairnml/core': range } } })
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_VERSION',
      details: { made: `@cairnml/core ${range}`, present: `@cairnml/core ${version}` },
      hint: expect.stringContaining(update),
    })
  })

  it.each(['*', '>=0.0.0-0', `^${version}`, 'workspace:^', 'catalog:', 'not a range', 7])(
    'takes a package that is made for %s of this one',
    async (range) => {
      await install('cairnml-plugin-attic', {
        ...simple('attic'),
        manifest: { peerDependencies: { '@cairnml/core': range } },
      })
      expect(await load('attic')).toMatchObject({ plugin: 'cairnml-plugin-attic' })
    },
  )

  it.each([
    ['a string', './index.js'],
    ['the condition import', { import: './index.js' }],
    ['conditions under a path', { '.': { types: './index.d.ts', import: { browser: './no.js', node: './index.js' } } }],
    ['types and default', { '.': { types: './index.d.ts', default: './index.js' } }],
    ['import and require', { '.': { import: './index.js', require: './index.cjs' } }],
  ])('works for a package whose exports are %s', async (_name, exports) => {
    const cjs = `Object.defineProperty(exports, '__esModule', { value: true })\nexports.default = ${plugin('s3', store())}\n`
    await install('cairnml-plugin-attic', {
      manifest: { exports },
      files: { 'index.js': esm(plugin('s3', store())), 'index.cjs': cjs },
    })
    expect(await load('attic')).toMatchObject({ type: 's3' })
  })

  it('finds nothing in a package that exports nothing', async () => {
    await install('cairnml-plugin-attic', {
      manifest: { exports: { './other': './index.js' } },
      files: { 'index.js': '' },
    })
    await expect(load('attic')).rejects.toMatchObject({ code: 'CAIRN_PLUGIN_MISSING' })
  })
})

describe('a plugin that cannot be used', () => {
  it.each([
    ['no default export', 'export const plugin = 1\n'],
    ['a default export of text', esm("'s3'")],
    ['a default export of null', esm('null')],
    ['no name', esm('{ components: [] }')],
    ['no list of components', esm("{ name: 's3', components: {} }")],
    ['a component that is none', esm("{ name: 's3', components: [undefined] }")],
  ])('is refused: %s', async (_name, content) => {
    await install('cairnml-plugin-attic', { files: { 'index.js': content } })
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_INVALID',
      details: { plugin: 'cairnml-plugin-attic', problem: 'its default export is no plugin' },
    })
  })

  it('is refused with the cause when loading it fails', async () => {
    await install('cairnml-plugin-attic', { files: { 'index.js': "throw new Error('needs a newer Node')\n" } })
    await expect(load('attic')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_INVALID',
      details: { problem: 'loading it failed: needs a newer Node' },
      cause: expect.objectContaining({ message: 'needs a newer Node' }) as unknown,
    })
    await install('cairnml-plugin-barn', { files: { 'index.js': "import 'not-installed'\n" } })
    await expect(load('barn')).rejects.toThrow('loading it failed')
  })

  it('is refused when it has no component of the port', async () => {
    await install('cairnml-plugin-attic', {
      files: { 'index.js': esm(plugin('s3', "{ port: 'orchestrator', create: () => ({}) }")) },
    })
    await expect(load('attic')).rejects.toMatchObject({
      details: { problem: 'it supplies no artifactStore, only orchestrator s3' },
    })
  })
})

describe('a plugin with several components of a port', () => {
  beforeEach(() =>
    install('cairnml-plugin-cloud', {
      files: { 'index.js': esm(plugin('cloud', `${store('s3')}, ${store('gcs')}, ${store()}`)) },
    }),
  )

  it('is asked for one by its type, by default the name of the plugin', async () => {
    expect(await load('cloud#gcs')).toMatchObject({ type: 'gcs', plugin: 'cairnml-plugin-cloud' })
    expect(await load('cairnml-plugin-cloud#s3')).toMatchObject({ type: 's3' })
    expect(await load('cloud#cloud')).toMatchObject({ type: 'cloud' })
  })

  it('says what to write when it is asked for none of them', async () => {
    await expect(load('cloud')).rejects.toMatchObject({
      code: 'CAIRN_PLUGIN_INVALID',
      details: { problem: 'it supplies several: write cloud#s3 or cloud#gcs or cloud#cloud' },
    })
    await expect(load('cloud#azure')).rejects.toMatchObject({
      details: {
        problem: expect.stringContaining(
          'it supplies no artifactStore of type azure, only artifactStore s3, ',
        ) as string,
      },
    })
  })
})
