import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { installedPackage, packageOfFile } from './installed-package.ts'
import { packageEntry } from './package-entry.ts'

let root: string
beforeEach(async () => {
  root = await realpath(await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-packages-')))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function install(folder: string, manifest: unknown): Promise<string> {
  const path = nodePath.join(root, folder)
  await mkdir(path, { recursive: true })
  await writeFile(
    nodePath.join(path, 'package.json'),
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  )
  return path
}

it('is the one in the nearest folder, as for an import', async () => {
  const outer = await install('node_modules/attic', { version: '1.0.0' })
  const inner = await install('app/node_modules/attic', { version: '2.0.0' })
  expect(installedPackage('attic', nodePath.join(root, 'app', 'src'))).toEqual({
    folder: inner,
    manifest: { version: '2.0.0' },
  })
  expect(installedPackage('attic', root)?.folder).toBe(outer)
  expect(packageOfFile(nodePath.join(inner, 'dist', 'deep', 'index.js'))?.folder).toBe(inner)
})

it('is in its real folder where node_modules holds links', async () => {
  const store = await install('store/attic', {})
  await mkdir(nodePath.join(root, 'node_modules'))
  await symlink(store, nodePath.join(root, 'node_modules', 'attic'))
  expect(installedPackage('attic', root)?.folder).toBe(store)
})

it.each(['../attic', '@a/../../attic', '', '.', '.hidden', 'a/b', 'attic\0', 'node:fs'])(
  'is none for %j, which is no name of a package',
  async (name) => {
    await install('node_modules/attic', {})
    await install('attic', {})
    expect(installedPackage(name, root)).toBeUndefined()
  },
)

it.each(['{', 'null', '[1', '7'])('cannot be told where the manifest is %s', async (text) => {
  await install('node_modules/attic', text)
  expect(() => installedPackage('attic', root)).toThrow(SyntaxError)
})

it.each([
  ['a list of targets', [{ browser: './no.js' }, './index.js'], 'index.js'],
  ['the condition require before import', { require: './index.cjs', import: './index.js' }, 'index.js'],
  ['null under a condition', { node: null, default: './index.js' }, undefined],
  ['a path that leaves the package', '../index.js', undefined],
  ['a number', 7, undefined],
  ['other paths only', { './other': './index.js' }, undefined],
])('is entered by its exports: %s', async (_what, exports, entry) => {
  const folder = await install('attic', { exports })
  const expected = entry === undefined ? undefined : nodePath.join(folder, entry)
  expect(packageEntry({ folder, manifest: { exports } })).toBe(expected)
})

it.each([
  ['main', { main: './lib/main.js' }, 'lib/main.js'],
  ['index.js', {}, 'index.js'],
])('is entered by %s where it has no exports', async (_what, manifest, entry) => {
  const folder = await install('attic', manifest)
  await mkdir(nodePath.join(folder, 'lib'))
  await writeFile(nodePath.join(folder, 'index.js'), '')
  await writeFile(nodePath.join(folder, 'lib', 'main.js'), '')
  expect(packageEntry({ folder, manifest: {} })).toBe(nodePath.join(folder, entry))
})

it('is not entered where nothing is there', async () => {
  const folder = await install('attic', {})
  expect(packageEntry({ folder, manifest: {} })).toBeUndefined()
})
