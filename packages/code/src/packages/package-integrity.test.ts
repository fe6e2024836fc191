import { execFileSync } from 'node:child_process'
import { cpSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { InstalledPackages } from './installed-packages.ts'
import { InstalledTree, type Fields } from './installed-tree.fixture.ts'

const SHA = (letter: string): string => `sha512-${letter.repeat(86)}==`

/** The identity of `low`, and whether its files were read for it. */
function identityOf(tree: InstalledTree, folder = 'node_modules/low'): { identity: string; isByContent: boolean } {
  const packages = new InstalledPackages()
  const code = packages.identify(join(tree.dir, folder))
  if ('reason' in code) throw new Error(code.reason)
  return { identity: code.identity, isByContent: packages.stamp().folders.some((path) => path.endsWith('low')) }
}

describe('what npm has installed', () => {
  const lock = (entry: Fields): string =>
    JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/low': { version: '1.0.0', ...entry } } })
  const locked = (entry: Fields): ReturnType<typeof identityOf> => {
    using tree = new InstalledTree()
    return identityOf(tree.package('low').file('node_modules/.package-lock.json', lock(entry)))
  }

  it('counts by its integrity', () => {
    expect(locked({ integrity: SHA('a') })).toEqual(locked({ integrity: SHA('a'), resolved: 'https://r/low.tgz' }))
    expect(locked({ integrity: SHA('a') }).identity).not.toBe(locked({ integrity: SHA('b') }).identity)
    expect(locked({ integrity: SHA('a') }).isByContent).toBe(false)
  })

  it('counts by its commit if it comes from git', () => {
    const git = (commit: string): Fields => ({ resolved: `git+ssh://git@x.org/low.git#${commit}`, integrity: SHA('a') })
    const [first, second] = [locked(git('1'.repeat(40))), locked(git('2'.repeat(40)))]
    expect(first).toMatchObject({ isByContent: false })
    expect(first.identity).not.toBe(second.identity)
  })

  it.each<Fields>([
    {},
    { integrity: SHA('a'), version: '1.0.1' },
    { integrity: SHA('a'), link: true },
    { inBundle: true },
  ])('counts by its files where that does not tell: %o', (entry) => {
    expect(locked(entry).isByContent).toBe(true)
  })

  it('counts by its files where a lock is broken, or two of them contradict each other', () => {
    using tree = new InstalledTree()
    tree.package('low').file('node_modules/.package-lock.json', '{"packages":')
    expect(identityOf(tree).isByContent).toBe(true)
    tree
      .file('node_modules/.package-lock.json', lock({ integrity: SHA('a') }))
      .file('node_modules/.yarn-integrity', '{}')
    expect(identityOf(tree).isByContent).toBe(true)
  })

  it.each(['low+1.0.0.patch', 'low+0.9.0+002+why.patch', 'top++low+1.0.0.dev.patch'])(
    'counts by its files where patch-package changes it: %s',
    (patch) => {
      using tree = new InstalledTree()
      tree.package('low').file('node_modules/.package-lock.json', lock({ integrity: SHA('a') }))
      tree.file('patches/other+1.0.0.patch', '').file('patches/@s+low+1.0.0.patch', '')
      expect(identityOf(tree).isByContent).toBe(false)
      tree.file(`patches/${patch}`, 'diff')
      const { identity, isByContent } = identityOf(tree)
      expect(isByContent).toBe(true)
      tree.file('node_modules/low/index.js', 'patched')
      expect(identityOf(tree).identity).not.toBe(identity)
    },
  )
})

/** As pnpm 12 writes it. */
const PNPM = `lockfileVersion: '9.0'

overrides:
  low: file:../low-1.0.0.tgz

patchedDependencies:
  patched@1.0.0: b0ab8d786245ccce5e3b8255774add4f44f953730b38595953f79f80ce86b7f3

importers:

  .:
    dependencies:
      low:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  '@s/low@1.0.0':
    resolution: {integrity: ${SHA('s')}}
    engines: {node: '>=18'}
    hasBin: true

  low@1.0.0:
    resolution: {integrity: ${SHA('a')}}

  low@file:../low-2.0.0.tgz:
    resolution: {integrity: ${SHA('f')}, tarball: file:../low-2.0.0.tgz}
    version: 2.0.0

  low@https://codeload.github.com/x/low/tar.gz/${'1'.repeat(40)}:
    resolution: {commit: ${'1'.repeat(40)}, repo: https://github.com/x/low, type: git}
    version: 3.0.0

  patched@1.0.0:
    resolution: {integrity: ${SHA('p')}}
    peerDependencies:
      low: ^1.0.0

snapshots:

  low@1.0.0: {}
`

describe('what pnpm has installed', () => {
  const installed = (folder: string, name: string, fields: Fields, lock = PNPM): ReturnType<typeof identityOf> => {
    using tree = new InstalledTree()
    const path = `node_modules/.pnpm/${folder}/node_modules/${name}`
    tree.package(name, fields, path).file('node_modules/.pnpm/lock.yaml', lock)
    return identityOf(tree, path)
  }

  it.each([
    ['low@1.0.0', 'low', '1.0.0', SHA('a')],
    ['low@1.0.0_peer@2.0.0', 'low', '1.0.0', SHA('a')],
    ['@s+low@1.0.0', '@s/low', '1.0.0', SHA('s')],
    ['low@file+..+low-2.0.0.tgz', 'low', '2.0.0', SHA('f')],
    ['low@https+++codeload.github.com+x+low+tar.gz+1111', 'low', '3.0.0', '1'.repeat(40)],
    ['patched@1.0.0_patch_hash=b0ab_low@1.0.0', 'patched', '1.0.0', SHA('p')],
    ['patched@1.0.0_patch_hash=b0ab_low@1.0.0', 'patched', '1.0.0', 'b0ab8d786245ccce'],
  ])('counts by what is in its lock: %s', (folder, name, version, text) => {
    const first = installed(folder, name, { version })
    expect(first.isByContent).toBe(false)
    expect(installed(folder, name, { version, description: 'not read' })).toEqual(first)
    const other = text.replace(/[0-9a-z]$|.(?===$)/, 'c')
    expect(installed(folder, name, { version }, PNPM.replaceAll(text, other)).identity).not.toBe(first.identity)
  })

  it.each([
    ['low@9.9.9', 'low', '9.9.9'],
    ['low@1.0.0-beta', 'low', '1.0.0'],
    ['low@file+other.tgz', 'low', '1.0.1'],
    ['@t+low@1.0.0', '@t/low', '1.0.0'],
  ])('counts by its files where the lock does not know it: %s', (folder, name, version) => {
    expect(installed(folder, name, { version }).isByContent).toBe(true)
    expect(installed(folder, name, { version }, 'packages:\n\n  low:\n').isByContent).toBe(true)
  })
})

describe('what pnpm has installed without links', () => {
  const installed = (fields: Fields, lock = PNPM): ReturnType<typeof identityOf> => {
    using tree = new InstalledTree()
    return identityOf(tree.package('low', fields).file('node_modules/.pnpm/lock.yaml', lock))
  }

  it.each(['1.0.0', '2.0.0', '3.0.0'])('counts by what is in its lock: %s', (version) => {
    const first = installed({ version })
    expect(first.isByContent).toBe(false)
    expect(installed({ version, description: 'not read' })).toEqual(first)
    const others = PNPM.replaceAll(/integrity: sha512-.|commit: 1/g, (found) => `${found.slice(0, -1)}0`)
    expect(installed({ version }, others).identity).not.toBe(first.identity)
  })

  it('counts by its files where the lock does not know it, or knows two of its version', () => {
    expect(installed({ version: '9.9.9' }).isByContent).toBe(true)
    expect(installed({ version: '1.0.0' }, PNPM.replace('version: 2.0.0', 'version: 1.0.0')).isByContent).toBe(true)
  })
})

/** As Yarn 4 writes them. */
const BERRY = `__metadata:
  version: 10
  cacheKey: 10c0

"low@npm:^1.0.0":
  version: 1.0.0
  resolution: "low@npm:1.0.0"
  dependencies:
    checksum: "npm:1.0.0"
  checksum: 10c0/aaa
  languageName: node
  linkType: hard

"low@patch:low@npm%3A^1.0.0#~/.yarn/patches/low.patch":
  version: 1.0.0
  resolution: "low@patch:low@npm%3A1.0.0#~/.yarn/patches/low.patch::version=1.0.0&hash=1"
  checksum: 10c0/bbb
  linkType: hard

"low@file:./low":
  version: 1.0.0
  resolution: "low@file:./low#./low::hash=1&locator=app%40workspace%3A."
  linkType: hard
`

describe('what Yarn has installed without Plug-and-Play', () => {
  const installed = (locator: string, { fields = {}, lock = BERRY } = {}): ReturnType<typeof identityOf> => {
    using tree = new InstalledTree()
    const state = `# Generated\n\n__metadata:\n  version: 1\n\n"${locator}":\n  locations:\n    - "node_modules/low"\n`
    return identityOf(tree.package('low', fields).file('yarn.lock', lock).file('node_modules/.yarn-state.yml', state))
  }

  it.each([
    ['low@npm:1.0.0', 'aaa'],
    ['low@virtual:0123#npm:1.0.0', 'aaa'],
    ['low@patch:low@npm%3A1.0.0#~/.yarn/patches/low.patch::version=1.0.0&hash=1', 'bbb'],
  ])('counts by what is in its lock: %s', (locator, checksum) => {
    const first = installed(locator)
    expect(first.isByContent).toBe(false)
    expect(installed(locator, { fields: { description: 'not read' } })).toEqual(first)
    const lock = BERRY.replace(checksum, 'ccc')
    expect(installed(locator, { lock }).identity).not.toBe(first.identity)
  })

  it.each(['low@npm:1.0.1', 'low@file:./low#./low::hash=1&locator=app%40workspace%3A.', 'other@npm:1.0.0', ''])(
    'counts by its files where the lock does not know it: %s',
    (locator) => {
      expect(installed(locator).isByContent).toBe(true)
    },
  )

  it('counts by its files where another version is there than the lock says', () => {
    expect(installed('low@npm:1.0.0', { fields: { version: '1.0.1' } }).isByContent).toBe(true)
  })
})

describe('what yarn 1 has installed', () => {
  const resolved = 'https://registry.yarnpkg.com/low/-/low-1.0.0.tgz#0123456789'
  const yarnLock = (integrity: string, address = resolved): string =>
    `# yarn lockfile v1\n\n\n"@s/low@^2", "@s/low@^1":\n  version "1.0.0"\n\nlow@^1.0.0, low@~1.0.0:\n  version "1.0.0"
  resolved "${address}"\n  integrity ${integrity}\n  dependencies:\n    deep "^1.0.0"\n`
  const state = (address: string): string =>
    JSON.stringify({ lockfileEntries: { 'low@^1.0.0': address, 'low@~1.0.0': address, '@s/low@^1': 'x' } })
  const installed = (lock: string, address = resolved): ReturnType<typeof identityOf> => {
    using tree = new InstalledTree()
    return identityOf(tree.package('low').file('yarn.lock', lock).file('node_modules/.yarn-integrity', state(address)))
  }

  it('counts by its integrity or commit', () => {
    expect(installed(yarnLock(SHA('a'))).isByContent).toBe(false)
    expect(installed(yarnLock(SHA('a'))).identity).not.toBe(installed(yarnLock(SHA('b'))).identity)
    const git = (commit: string): string => `git+https://x.org/low.git#${commit.repeat(40)}`
    const [first, second] = ['1', '2'].map((commit) => installed(yarnLock('', git(commit)), git(commit)))
    expect(first).toMatchObject({ isByContent: false })
    expect(first?.identity).not.toBe(second?.identity)
  })

  it('counts by its files if yarn.lock says something else than what was installed', () => {
    expect(installed(yarnLock(SHA('a')), 'https://elsewhere').isByContent).toBe(true)
    expect(installed('').isByContent).toBe(true)
  })
})

describe('with npm itself', () => {
  it('two installations of one lockfile are the same, and packed folders count by their integrity', () => {
    using tree = new InstalledTree()
    tree.package('low', {}, 'src/low').package('@s/top', { dependencies: { low: '*' } }, 'src/top')
    tree.package('linked', {}, 'src/linked')
    const npm = (dir: string, ...args: readonly string[]): void => {
      const quiet = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
      execFileSync('npm', [...args, ...quiet], { cwd: join(tree.dir, dir), stdio: ['ignore', 'ignore', 'inherit'] })
    }
    npm('src', 'pack', './low', './top')
    tree.file('first/package.json', '{ "name": "first", "version": "1.0.0" }')
    npm('first', 'install', '../src/low-1.0.0.tgz', '../src/s-top-1.0.0.tgz', '../src/linked')
    cpSync(join(tree.dir, 'first'), join(tree.dir, 'second'), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    })
    npm('second', 'ci')
    const [first, second] = ['first', 'second'].map((dir) => tree.code(`${dir}/node_modules/@s/top`))
    expect(first).toMatchObject({ name: '@s/top', below: ['low@1.0.0'], isNative: false })
    expect(second).toEqual(first)
    const packages = new InstalledPackages()
    packages.identify(join(tree.dir, 'first/node_modules/@s/top/index.js'))
    expect(packages.stamp().folders).toEqual([])
    // A linked folder is no package: its real path is outside of node_modules.
    expect(tree.identify('first/node_modules/linked')).toMatchObject({ reason: expect.any(String) })
    // The archive is part of what npm has written down.
    tree.file('src/low/index.js', 'changed')
    npm('src', 'pack', './low')
    npm('first', 'install', '../src/low-1.0.0.tgz')
    expect(tree.code('first/node_modules/@s/top').identity).not.toBe(first?.identity)
  })
})

describe('a package that was edited after it had been installed', () => {
  const lock = JSON.stringify({
    lockfileVersion: 3,
    packages: { 'node_modules/low': { version: '1.0.0', integrity: SHA('a') } },
  })
  const at = (tree: InstalledTree, path: string, seconds: number): void =>
    utimesSync(join(tree.dir, path), seconds, seconds)
  const identify = (tree: InstalledTree, files: readonly string[]): string => {
    const code = new InstalledPackages().identify(join(tree.dir, 'node_modules/low'), files)
    return 'reason' in code ? code.reason : code.identity
  }

  it('counts by its files, too, if a file is newer that is loaded', () => {
    using tree = new InstalledTree()
    tree.package('low').file('node_modules/low/other.js', '').file('node_modules/.package-lock.json', lock)
    for (const path of ['index.js', 'other.js', '../.package-lock.json']) at(tree, `node_modules/low/${path}`, 1e9)
    const installed = identify(tree, ['index.js'])
    expect(identify(tree, [])).toBe(installed)
    tree.file('node_modules/low/index.js', 'module.exports = 2')
    at(tree, 'node_modules/low/index.js', 1e9 + 1)
    const edited = identify(tree, ['index.js'])
    expect(edited).not.toBe(installed)
    expect(identify(tree, ['other.js', 'missing.js'])).toBe(installed)
    tree.file('node_modules/low/other.js', '// edited as well')
    expect(identify(tree, ['index.js'])).not.toBe(edited)
  })

  it('counts by its files alone where no package manager says when it was installed', () => {
    using tree = new InstalledTree()
    tree.package('low')
    expect(identify(tree, ['index.js'])).toBe(identify(tree, []))
  })
})
