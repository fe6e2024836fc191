import { realpathSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { InstalledPackages } from './installed-packages.ts'
import { InstalledTree, type Fields } from './installed-tree.fixture.ts'

/** Whether a change of an installed tree changes the identity of `top`. */
function isChanged(build: (tree: InstalledTree) => unknown, change: (tree: InstalledTree) => unknown): boolean {
  using tree = new InstalledTree()
  build(tree)
  const before = tree.code('node_modules/top').identity
  change(tree)
  return tree.code('node_modules/top').identity !== before
}

const top = (fields: Fields) => (tree: InstalledTree) => tree.package('top', fields)
const needsLow = { dependencies: { low: '*' } }

describe('the package of a path', () => {
  it('is the one whose folder it is in, whatever other package.json lie between', () => {
    using tree = new InstalledTree()
    tree.package('top', { version: '2.1.0' }).package('@s/low')
    tree.package('inner', { version: '7.0.0' }, 'node_modules/top/node_modules/inner')
    tree.file('node_modules/top/hooks/package.json', '{ "name": "top-hooks", "version": "0.1.0" }')
    tree.file('node_modules/top/hooks/dist/hook.js', '')
    const code = tree.code('node_modules/top/hooks/dist/hook.js')
    expect(code).toEqual(tree.code('node_modules/top'))
    expect(code).toMatchObject({ name: 'top', version: '2.1.0', below: [], isNative: false })
    expect(tree.code('node_modules/@s/low/index.js')).toMatchObject({ name: '@s/low', version: '1.0.0' })
    expect(tree.code('node_modules/top/node_modules/inner/index.js')).toMatchObject({ version: '7.0.0' })
  })

  it('is not known without a name or a version, or outside of packages', () => {
    using tree = new InstalledTree()
    tree.package('top', { version: undefined }).package('low', { name: undefined }).file('node_modules/file.js', '')
    tree.file('node_modules/broken/package.json', '{').file('node_modules/.bin/run', '').file('src/a.ts', '')
    expect(tree.identify('node_modules/top')).toEqual({ reason: 'the package top has no version' })
    expect(tree.identify('node_modules/low')).toEqual({ reason: 'the package low has no name' })
    expect(tree.identify('node_modules/broken')).toEqual({ reason: 'the package broken has no readable package.json' })
    const reason = 'node_modules/.bin/run belongs to no package'
    expect(tree.identify('node_modules/.bin/run')).toEqual({ reason })
  })

  it('is told by its own name where it is installed under another one', () => {
    using tree = new InstalledTree()
    tree.package('low', { version: '4.0.0' }, 'node_modules/alias').package('top', { dependencies: { alias: '*' } })
    expect(tree.code('node_modules/top').below).toEqual(['low@4.0.0'])
  })
})

describe('the identity of a package', () => {
  it.each(['dependencies', 'optionalDependencies', 'peerDependencies'])('counts its %s', (kind) => {
    const build = (tree: InstalledTree): unknown => tree.package('top', { [kind]: { low: '*' } }).package('low')
    expect(isChanged(build, (tree) => tree.package('low', { version: '1.0.1' }))).toBe(true)
    expect(isChanged(build, (tree) => tree.file('node_modules/low/index.js', 'other'))).toBe(true)
    expect(isChanged(build, (tree) => tree.package('unrelated'))).toBe(false)
  })

  it('counts dependencies of dependencies as they are nested, in circles too', () => {
    const build = (tree: InstalledTree): unknown =>
      tree
        .package('top', needsLow)
        .package('low', { dependencies: { deep: '*', top: '*' } })
        .package('deep', { version: '7.0.0' })
        .package('deep', {}, 'node_modules/low/node_modules/deep')
    expect(isChanged(build, (tree) => tree.package('deep', { version: '8.0.0' }))).toBe(false)
    const inner = 'node_modules/low/node_modules/deep'
    expect(isChanged(build, (tree) => tree.package('deep', { version: '1.0.1' }, inner))).toBe(true)
    using tree = new InstalledTree()
    build(tree)
    expect(tree.code('node_modules/top').below).toEqual(['deep@1.0.0', 'low@1.0.0'])
    expect(tree.code('node_modules/low').below).toEqual(['deep@1.0.0', 'top@1.0.0'])
  })

  it('counts which of two packages uses which', () => {
    const versions = (first: string, second: string) => (tree: InstalledTree) =>
      tree
        .package('top', { dependencies: { a: '*', b: '*' } })
        .package('a', needsLow)
        .package('b', needsLow)
        .package('low', { version: first }, 'node_modules/a/node_modules/low')
        .package('low', { version: second }, 'node_modules/b/node_modules/low')
    expect(isChanged(versions('1.0.0', '2.0.0'), versions('2.0.0', '1.0.0'))).toBe(true)
  })

  it('counts a peer that is missing, and not an optional package that is missing or for some systems only', () => {
    expect(isChanged(top({ peerDependencies: { low: '*' } }), (tree) => tree.package('low'))).toBe(true)
    const optional = { optionalDependencies: { low: '1.0.0' } }
    expect(isChanged(top(optional), (tree) => tree.package('low'))).toBe(true)
    expect(isChanged(top(optional), (tree) => tree.package('low', { os: ['linux'], version: '9.9.9' }))).toBe(false)
    const build = (tree: InstalledTree): unknown =>
      tree.package('low', { cpu: ['x64'] }) && top({ optionalDependencies: { low: '^1' } })(tree)
    expect(isChanged(build, (tree) => tree.package('low', { cpu: ['arm64'] }))).toBe(false)
    expect(isChanged(build, (tree) => tree.package('low', { cpu: ['arm64'], version: '1.0.1' }))).toBe(true)
  })

  it('does not count the parts of Cairn', () => {
    const build = top({ peerDependencies: { '@cairnml/core': '*', cairnml: '*' } })
    expect(isChanged(build, (tree) => tree.package('@cairnml/core').package('cairnml'))).toBe(false)
  })

  it('is the same wherever the project lies', () => {
    using first = new InstalledTree()
    using second = new InstalledTree()
    const nested = 'apps/web/'
    first.package('top', needsLow).package('low')
    second.package('top', needsLow, `${nested}node_modules/top`).package('low', {}, `${nested}node_modules/low`)
    expect(second.code(`${nested}node_modules/top`)).toEqual(first.code('node_modules/top'))
  })

  it('is not known where a package uses one that is linked from a folder', () => {
    using tree = new InstalledTree()
    tree.package('top', needsLow).package('low', {}, 'packages/low').link('node_modules/low', 'packages/low')
    const reason = 'the package top depends on low, which is linked from a folder'
    expect(tree.identify('node_modules/top')).toEqual({ reason })
  })

  it('counts every file where nothing says what was installed, but not packages inside', () => {
    const change = (path: string) => (tree: InstalledTree) => tree.file(`node_modules/top/${path}`, 'changed')
    for (const path of ['index.js', 'lib/deep/new.js', '.hidden']) expect(isChanged(top({}), change(path))).toBe(true)
    expect(isChanged(top({}), change('node_modules/.cache/x'))).toBe(false)
  })
})

describe('a native package', () => {
  const natives: readonly (readonly [string, Fields])[] = [
    ['os', { os: ['linux'] }],
    ['cpu', { cpu: ['x64'] }],
    ['gypfile', { gypfile: true }],
    ['napi', { napi: { name: 'x' } }],
    ['binary', { binary: { module_name: 'x' } }],
    ['an install script', { scripts: { install: 'prebuild-install || node-gyp rebuild' } }],
    ['a loader', { dependencies: { 'node-gyp-build': '*' } }],
    ['packages for one system each', { optionalDependencies: { '@x/core-darwin-arm64': '1.0.0' } }],
  ]

  it.each(natives)('is known by %s, also to packages above it', (_, fields) => {
    using tree = new InstalledTree()
    tree.package('top', needsLow).package('low', fields)
    expect([tree.code('node_modules/low').isNative, tree.code('node_modules/top').isNative]).toEqual([true, true])
  })

  it.each(['binding.gyp', 'addon.node', 'build/Release/a.node', 'prebuilds/linux-x64/a.node'])(
    'is known by %s',
    (path) => {
      using tree = new InstalledTree()
      tree.package('low').file(`node_modules/low/${path}`, '')
      expect(tree.code('node_modules/low').isNative).toBe(true)
    },
  )

  it('is not one that only says which engines it needs', () => {
    using tree = new InstalledTree()
    tree.package('low', { os: [], engines: { node: '>=24' }, scripts: { install: 'node hello.js' }, binary: undefined })
    expect(tree.code('node_modules/low').isNative).toBe(false)
  })
})

it('tells what its answers depend on', () => {
  using tree = new InstalledTree()
  tree
    .package('top', { dependencies: { low: '*', gone: '*' } })
    .package('low')
    .file('node_modules/.package-lock.json', '{}')
  const packages = new InstalledPackages()
  packages.identify(join(tree.dir, 'node_modules/top'))
  const { files, absent, folders } = packages.stamp()
  const inTree = (paths: readonly string[]): readonly string[] =>
    paths.filter((path) => path.startsWith(tree.dir)).map((path) => path.slice(tree.dir.length + 1))
  expect(inTree(files)).toEqual([
    'node_modules/.package-lock.json',
    'node_modules/low/index.js',
    'node_modules/low/package.json',
    'node_modules/top/index.js',
    'node_modules/top/package.json',
  ])
  expect(inTree(folders)).toEqual(['node_modules/low', 'node_modules/top'])
  expect(inTree(absent)).toEqual([
    'node_modules/.pnpm/lock.yaml',
    'node_modules/.yarn-integrity',
    'node_modules/.yarn-state.yml',
    'node_modules/gone/package.json',
    'node_modules/top/node_modules/gone/package.json',
    'node_modules/top/node_modules/low/package.json',
    'patches',
  ])
})

it('reads no files of packages that pnpm has installed, in the tree of this very project', () => {
  const packages = new InstalledPackages()
  const parser = realpathSync(join(import.meta.dirname, '../../node_modules/oxc-parser'))
  expect(packages.identify(parser)).toMatchObject({ name: 'oxc-parser', below: [/types/], isNative: true })
  expect(packages.stamp().folders).toEqual([])
})

describe('conditions', () => {
  it('are those that a package or one below it knows, at any depth of its targets', () => {
    using tree = new InstalledTree()
    const nested = { node: [{ development: './d.js', default: './i.js' }] }
    tree.package('top', { ...needsLow, exports: { '.': { import: './i.js' }, './sub': nested } })
    tree
      .package('low', { imports: { '#own': { custom: './c.js' } } })
      .package('other', { exports: { unused: './u.js' } })
    const asked = ['custom', 'unused', 'development', './sub']
    const dir = realpathSync(join(tree.dir, 'node_modules/top'))
    expect(new InstalledPackages().conditionsOf(dir, asked)).toEqual(['custom', 'development'])
    expect(new InstalledPackages().conditionsOf(join(tree.dir, 'src'), asked)).toEqual([])
  })
})
