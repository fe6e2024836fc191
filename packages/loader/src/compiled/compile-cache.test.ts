import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { promisify } from 'node:util'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { cacheHome } from './compile-cache.ts'

const MODULE = new URL('compile-cache.ts', import.meta.url).href

let home: string
beforeEach(async () => {
  home = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-home-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** Loads a module in a process of its own, with the cache in use. */
async function load(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const module = nodePath.join(home, 'module.mjs')
  await writeFile(module, 'export const answer = 42\n')
  const program = `const { useCompileCache } = await import(${JSON.stringify(MODULE)}); useCompileCache()
    console.log((await import(${JSON.stringify(module)})).answer)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { HOME: home, PATH: process.env['PATH'], ...env },
  })
  return stdout
}

describe.runIf(process.platform === 'linux')('what Node compiles', () => {
  const kept = async (...folders: readonly string[]): Promise<readonly string[]> =>
    (await readdir(nodePath.join(home, ...folders), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)

  it('is kept in the home of the user, and found there again', async () => {
    expect(await load()).toBe('42\n')
    const first = await kept('.cache', 'cairn', 'compiled')
    expect(first.length).toBeGreaterThan(0)
    expect(await load()).toBe('42\n')
    expect(await kept('.cache', 'cairn', 'compiled')).toEqual(first)
  })

  it('is kept where the user keeps such things', async () => {
    await load({ XDG_CACHE_HOME: nodePath.join(home, 'mine') })
    expect((await kept('mine', 'cairn', 'compiled')).length).toBeGreaterThan(0)
  })

  it.each([
    ['the user switches it off', { NODE_DISABLE_COMPILE_CACHE: '1' }],
    ['coverage is measured', { NODE_V8_COVERAGE: 'coverage' }],
  ])('is not kept where %s', async (_why, env) => {
    const inHome = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value === '1' ? value : nodePath.join(home, value)]),
    )
    expect(await load(inHome)).toBe('42\n')
    await expect(kept('.cache')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('is not missed where there is no place for it', async () => {
    await mkdir(nodePath.join(home, '.cache'))
    await writeFile(nodePath.join(home, '.cache', 'cairn'), 'a file')
    expect(await load()).toBe('42\n')
  })
})

describe('the folder for caches', () => {
  const home = os.homedir()

  it.each([
    ['linux', { XDG_CACHE_HOME: '/var/mine' }, '/var/mine'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, nodePath.join(home, '.cache')],
    ['linux', {}, nodePath.join(home, '.cache')],
    ['darwin', { XDG_CACHE_HOME: '/var/mine' }, nodePath.join(home, 'Library', 'Caches')],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' }, 'C:\\Users\\me\\AppData\\Local'],
    ['win32', {}, home],
  ] as const)('under %s with %j is %s', (platform, env, folder) => {
    expect(cacheHome(platform, env)).toBe(folder)
  })
})
