import { describe, expect, it } from 'vitest'

import { COMMANDS } from '../../command-table.ts'
import { ARTIFACT_COMMANDS } from '../artifact/command.ts'
import { CACHE_COMMANDS } from '../cache/command.ts'
import { PIPELINE_COMMANDS } from '../pipeline/command.ts'
import { RUN_COMMANDS } from '../run/command.ts'
import { RUN_OPTIONS } from '../run/run-flags.ts'
import { SWEEP_OPTIONS } from '../sweep/sweep-flags.ts'
import { commandHelp } from './command-help.ts'
import { completions } from './completions.ts'
import { optionSources } from './sources-data.ts'

const ENVIRONMENT = { version: '1.2.3', fallbackDirs: [] }
const GROUPS = { run: RUN_COMMANDS, cache: CACHE_COMMANDS, pipeline: PIPELINE_COMMANDS, artifact: ARTIFACT_COMMANDS }
const PATHS = [
  ...Object.keys(COMMANDS).map((name) => [name]),
  ...Object.entries(GROUPS).flatMap(([group, commands]) => Object.keys(commands).map((name) => [group, name])),
]

const complete = async (...words: readonly string[]): Promise<readonly string[]> =>
  (await completions(words, ENVIRONMENT)).map(({ value }) => value)

describe('completion', () => {
  it('offers every command that there is, and none that is for programs', async () => {
    expect(await complete('')).toEqual(expect.arrayContaining(Object.keys(COMMANDS)))
    expect(await complete('comp')).toEqual(['completion'])
  })

  it.each(Object.entries(GROUPS))('offers every command of cairn %s', async (group, commands) => {
    expect(await complete(group, '')).toEqual(expect.arrayContaining(Object.keys(commands)))
  })

  it.each([
    ['run', RUN_OPTIONS],
    ['sweep', SWEEP_OPTIONS],
  ])('offers every option that cairn %s reads', async (name, options) => {
    expect(await complete(name, '--')).toEqual(Object.keys(options).map((option) => `--${option}`))
  })

  it.each(PATHS.map((path) => [path.join(' '), path] as const))(
    'reads the options of cairn %s off its help',
    async (_, path) => {
      const help = await commandHelp(path, ENVIRONMENT)
      expect(help?.options).toContainEqual(expect.objectContaining({ name: '--help', short: '-h', value: undefined }))
      const modes = help?.options.filter(({ value }) => value === 'MODE' || value === 'STATUS') ?? []
      for (const mode of modes) expect(optionSources(mode), mode.name).toHaveLength(1)
    },
  )

  it('offers the values of an option in both forms, and an option once unless it may be repeated', async () => {
    expect(await complete('run', 'x.ts', '--cache', 'r')).toEqual(['read'])
    expect(await complete('run', 'x.ts', '--cache=o')).toEqual(['--cache=on', '--cache=off'])
    expect(await complete('run', 'x.ts', '--cache', 'on', '--ca')).toEqual([])
    expect(await complete('run', 'x.ts', '--refresh', 'a', '--refr')).toEqual(['--refresh'])
    expect(await complete('run', 'x.ts', '-p', 'a=1', '--js')).toEqual(['--json'])
  })

  it('offers no options after --, and nothing after a command that there is not', async () => {
    expect(await complete('run', '--', '--ca')).toEqual([])
    expect(await complete('toString', '')).toEqual([])
    expect(await complete('run', 'list', '--nonsense', '--limit', '')).toEqual([])
    expect(await complete()).toEqual(await complete(''))
  })
})
