import { readFileSync } from 'node:fs'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { HELP } from '../../help.ts'
import { standardOutput } from '../../output/standard-output.ts'
import { completions } from '../complete/completions.ts'
import { RUN_LIST_HELP } from '../run-list/run-list-help.ts'
import { helpCommand } from './command.ts'
import { errorCodes } from './error-pages.ts'

const ENVIRONMENT = { version: '1.2.3', fallbackDirs: [] }
const CODES = await errorCodes()
const page = (code: string): string =>
  readFileSync(new URL(`../../../../../docs/errors/${code}.md`, import.meta.url), 'utf8')

afterEach(() => {
  vi.restoreAllMocks()
})

async function printed(...argv: readonly string[]): Promise<string> {
  const stdout = vi.spyOn(standardOutput(), 'write').mockReturnValue(true)
  expect(await helpCommand(argv, ENVIRONMENT)).toBe(0)
  return stdout.mock.calls.map(([chunk]) => chunk).join('')
}

describe('cairn help', () => {
  it.each([
    [[], HELP],
    [['run', 'list'], RUN_LIST_HELP],
    [['CAIRN_RUN_LOST'], page('CAIRN_RUN_LOST')],
    [['cairn_run_lost'], page('CAIRN_RUN_LOST')],
    [['run_lost'], page('CAIRN_RUN_LOST')],
  ])('%j prints what it names', async (argv, text) => {
    expect(await printed(...argv)).toBe(text)
  })

  it.each(CODES)('prints the page of %s', async (code) => {
    expect(await printed(code)).toMatch(new RegExp(`^# ${code}\n`))
  })

  it.each([
    [['CAIRN_RUN_LOTS'], 'There is no code "CAIRN_RUN_LOTS". Did you mean "CAIRN_RUN_LOST"?'],
    [['../README'], 'There is no command and no code "../README".'],
    [['rnu'], 'There is no command and no code "rnu". Did you mean "run"?'],
    [['CAIRN_RUN_LOST', 'x'], '`cairn help` takes one code; "x" is too much.'],
  ])('%j is refused', async (argv, problem) => {
    await expect(helpCommand(argv, ENVIRONMENT)).rejects.toMatchObject({
      code: 'CAIRN_COMMAND_USAGE',
      message: expect.stringContaining(problem) as string,
    })
  })

  it('is completed with commands and codes', async () => {
    const found = await completions(['help', 'CAIRN_RUN_LO'], ENVIRONMENT)
    expect(found.map(({ value }) => value)).toEqual(['CAIRN_RUN_LOST'])
    expect((await completions(['help', 'arti'], ENVIRONMENT)).map(({ value }) => value)).toContain('artifact')
  })
})
