import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

import { setRunner } from '@cairnml/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { HELP, RUN_HELP } from './help.ts'
import { main } from './main.ts'

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

let dir: string
const before = process.listeners('unhandledRejection')
const stdout = Object.getOwnPropertyDescriptor(process, 'stdout')

beforeEach(() => {
  dir = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-main-'))
  vi.stubEnv('CAIRN_DEBUG', undefined)
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  setRunner(undefined)
  // What the command leaves to the end of its process.
  if (stdout !== undefined) Object.defineProperty(process, 'stdout', stdout)
  for (const listener of process.listeners('unhandledRejection')) {
    if (!before.includes(listener)) process.off('unhandledRejection', listener)
  }
})

async function call(...argv: readonly string[]): Promise<Ended> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const code = await main(argv, { version: '1.2.3', fallbackDirs: [] })
  const text = (of: typeof stdout): string => of.mock.calls.map(([chunk]) => chunk).join('')
  return { code, stdout: text(stdout), stderr: text(stderr) }
}

describe('main', () => {
  it.each([[[]], [['help']], [['--help']], [['-h']]])('prints help for %j', async (argv) => {
    expect(await call(...argv)).toEqual({ code: 0, stdout: HELP, stderr: '' })
  })

  it.each([[['--help']], [['-h']], [['a.ts', '--help']]])('prints the help of run for run %j', async (argv) => {
    expect(await call('run', ...argv)).toEqual({ code: 0, stdout: RUN_HELP, stderr: '' })
  })

  it('prints the version alone, or with what it runs on, or as JSON', async () => {
    expect(await call('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' })
    vi.restoreAllMocks()
    const platform = `${process.platform}-${process.arch}`
    expect(await call('version')).toEqual({
      code: 0,
      stdout: `cairn 1.2.3\nnode ${process.version}\nplatform ${platform}\n`,
      stderr: '',
    })
    vi.restoreAllMocks()
    const { stdout } = await call('version', '--json')
    expect(JSON.parse(stdout)).toEqual({ format: 'cairn.version/1', cairn: '1.2.3', node: process.version, platform })
  })

  it.each([
    [['rnu', 'a.ts'], /^There is no command "rnu"\. Did you mean "run"\?$/],
    [['verison'], /Did you mean "version"\?/],
    [['entirely-different'], /^There is no command "entirely-different"\.$/],
    [['toString'], /^There is no command "toString"\.$/],
    [['__proto__'], /^There is no command "__proto__"\.$/],
    [[''], /^There is no command ""\.$/],
    [['--json'], /^There is no command "--json"\.$/],
    [['version', 'x'], /takes no "x"/],
    [['version', '--jsno'], /Did you mean --json\?/],
    [['run'], /needs the file/],
    [['run', 'a.ts', '--froce'], /Did you mean --force\?/],
  ])('ends %j with 2 and says what is meant', async (argv, message) => {
    const ended = await call(...argv, ...(argv[0] === '--json' ? [] : ['--json']))
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/^CAIRN_COMMAND_USAGE: .*\n`cairn --help`.*\n$/)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      format: 'cairn.error/1',
      error: { code: 'CAIRN_COMMAND_USAGE', message: expect.stringMatching(message) as string },
    })
  })

  it('prints no JSON unasked, and a stack only where asked', async () => {
    const plain = await call('rnu')
    expect(plain).toMatchObject({ code: 2, stdout: '' })
    expect(plain.stderr).not.toMatch(/^\s+at /m)
    vi.restoreAllMocks()
    expect((await call('rnu', '--debug')).stderr).toMatch(/^\s+at /m)
  })
})

describe('main with run', () => {
  it.each([
    ['gone.ts', /^CAIRN_FILE_MISSING: .*it is not there/],
    ['.', /^CAIRN_FILE_MISSING: .*it is not a file/],
  ])('ends with 2 for the file %s', async (file, message) => {
    const ended = await call('run', nodePath.join(dir, file))
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })

  it('ends with 2 for a file that exports several pipelines', async () => {
    const file = nodePath.join(dir, 'several.mjs')
    const core = JSON.stringify(import.meta.resolve('@cairnml/core'))
    const made = (name: string): string => `export const ${name} = pipeline({ name: '${name}', build: () => ({}) })\n`
    writeFileSync(file, `import { pipeline } from ${core}\n${made('one')}${made('two')}`)

    const ambiguous = await call('run', file)
    vi.restoreAllMocks()
    const unknown = await call('run', file, 'tow', '--json')

    expect(ambiguous).toMatchObject({ code: 2, stdout: '' })
    expect(ambiguous.stderr).toMatch(/^CAIRN_PIPELINE_AMBIGUOUS: .*one, two/)
    expect(unknown.code).toBe(2)
    expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'CAIRN_PIPELINE_UNKNOWN' } })
  })
})
