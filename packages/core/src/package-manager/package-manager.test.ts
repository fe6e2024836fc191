import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { addCommand, installCommand, removeCommand, runCommand } from './package-command.ts'
import { packageManagerOf, type PackageManager } from './package-manager.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-manager-'))
  await mkdir(nodePath.join(dir, 'a/b'), { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

const write = (file: string, text = ''): Promise<void> => writeFile(nodePath.join(dir, file), text)
const managerIn = (folder: string, agent?: string): Promise<PackageManager> =>
  packageManagerOf(nodePath.join(dir, folder), agent === undefined ? {} : { npm_config_user_agent: agent })

describe('packageManagerOf', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
    ['bun.lockb', 'bun'],
    ['deno.lock', 'deno'],
    ['package-lock.json', 'npm'],
  ])('tells by %s of the nearest folder above', async (file, manager) => {
    await write(file)
    expect(await managerIn('a/b', 'pnpm/10.1.0 npm/? node/v24')).toBe(manager)
  })

  it('tells by the field packageManager, else by what started it, else npm', async () => {
    expect(await managerIn('a')).toBe('npm')
    expect(await managerIn('a', 'pnpm/10.1.0 npm/? node/v24')).toBe('pnpm')
    expect(await managerIn('a', 'unknown/2.0')).toBe('npm')
    await write('package.json', '{ "packageManager": "yarn@4.0.0" }')
    expect(await managerIn('a', 'pnpm/10.1.0')).toBe('yarn@berry')
    await write('package.json', '{ "devEngines": { "packageManager": { "name": "bun" } } }')
    expect(await managerIn('a', 'pnpm/10.1.0')).toBe('bun')
  })

  it('takes a manifest that cannot be read, or names something else, for one that says nothing', async () => {
    for (const text of ['{ broken', 'null', '{ "packageManager": 4 }', '{ "packageManager": "rm -rf@1" }']) {
      await write('package.json', text)
      expect(await managerIn('.')).toBe('npm')
    }
  })
})

it.each<[PackageManager, string, string, string]>([
  ['npm', 'npm install a b', 'npm install -D a', 'npm uninstall a'],
  ['pnpm', 'pnpm add a b', 'pnpm add -D a', 'pnpm remove a'],
  ['yarn', 'yarn add a b', 'yarn add -D a', 'yarn remove a'],
  ['yarn@berry', 'yarn add a b', 'yarn add -D a', 'yarn remove a'],
  ['bun', 'bun add a b', 'bun add --dev a', 'bun remove a'],
])('says how %s adds and removes', (manager, adds, addsDev, removes) => {
  expect(addCommand(manager, ['a', 'b']).join(' ')).toBe(adds)
  expect(addCommand(manager, ['a'], { dev: true }).join(' ')).toBe(addsDev)
  expect(removeCommand(manager, ['a']).join(' ')).toBe(removes)
})

it('says how a package manager installs what is listed, and runs a command', () => {
  expect(installCommand('npm').join(' ')).toBe('npm install')
  expect(installCommand('yarn@berry').join(' ')).toBe('yarn install')
  expect(runCommand('npm', 'cairn run x')).toBe('npx cairn run x')
  expect(runCommand('yarn', 'cairn run x')).toBe('yarn cairn run x')
})
