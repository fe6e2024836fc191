import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { installCommand, manifestOf, packageManagerOf, runCommand } from './package-manager.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-manager-'))
  await mkdir(nodePath.join(dir, 'a/b'), { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

const write = (file: string, text = ''): Promise<void> => writeFile(nodePath.join(dir, file), text)
const managerIn = (folder: string, agent?: string): string =>
  packageManagerOf(nodePath.join(dir, folder), agent === undefined ? {} : { npm_config_user_agent: agent })

describe('packageManagerOf', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
    ['package-lock.json', 'npm'],
  ])('tells by %s of the nearest folder above', async (file, manager) => {
    await write(file)
    expect(managerIn('a/b', 'npm/11.0.0 node/v24')).toBe(manager)
  })

  it('tells by the field packageManager, else by what started it, else npm', async () => {
    expect(managerIn('a')).toBe('npm')
    expect(managerIn('a', 'pnpm/10.1.0 npm/? node/v24')).toBe('pnpm')
    expect(managerIn('a', 'deno/2.0')).toBe('npm')
    await write('package.json', '{ "packageManager": "yarn@4.0.0" }')
    expect(managerIn('a', 'pnpm/10.1.0')).toBe('yarn')
  })

  it('takes a manifest that cannot be read for one that says nothing', async () => {
    await write('package.json', '{ broken')
    expect(managerIn('.')).toBe('npm')
    expect(manifestOf(dir)).toBeUndefined()
    await write('package.json', 'null')
    expect(manifestOf(dir)).toBeUndefined()
  })
})

it('says how a package manager installs, adds and runs', () => {
  expect(installCommand('npm', [])).toBe('npm install')
  expect(installCommand('npm', ['a', 'b'])).toBe('npm install a b')
  expect(installCommand('pnpm', ['a'])).toBe('pnpm add a')
  expect(runCommand('npm', 'cairn run x')).toBe('npx cairn run x')
  expect(runCommand('yarn', 'cairn run x')).toBe('yarn cairn run x')
})
