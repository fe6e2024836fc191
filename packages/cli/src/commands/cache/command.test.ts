import { afterEach, describe, expect, it, vi } from 'vitest'

import { ACCEPT_HELP, CACHE_HELP, LIST_HELP, PRUNE_HELP, REMOVE_HELP, STATS_HELP } from './cache-help.ts'
import { cacheCommand } from './command.ts'

const ENVIRONMENT = { version: '1.2.3', fallbackDirs: [] }

afterEach(() => vi.restoreAllMocks())

async function printed(...argv: readonly string[]): Promise<string> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  expect(await cacheCommand(argv, ENVIRONMENT)).toBe(0)
  return stdout.mock.calls.map(([chunk]) => chunk).join('')
}

describe('cairn cache', () => {
  it.each<[readonly string[], string]>([
    [[], CACHE_HELP],
    [['--help'], CACHE_HELP],
    [['-h'], CACHE_HELP],
    [['ls', '--help'], LIST_HELP],
    [['stats', '-h'], STATS_HELP],
    [['rm', '--help'], REMOVE_HELP],
    [['prune', '--help'], PRUNE_HELP],
    [['accept', '--help'], ACCEPT_HELP],
  ])('prints help for %j', async (argv, help) => {
    expect(await printed(...argv)).toBe(help)
  })

  it.each([
    [['prnue'], 'There is no command "cache prnue". Did you mean "prune"?'],
    [['toString'], 'There is no command "cache toString".'],
    [['ls', 'x'], '`cairn cache ls` takes no "x"; --step lists those of one step.'],
    [['ls', '--sort', 'name'], '--sort cannot be "name"; it is one of used, size, age, saved.'],
    [['ls', '--limit', '0'], '--limit cannot be "0"; it is a whole number from 1.'],
    [['stats', 'x'], '`cairn cache stats` takes no "x".'],
    [['rm'], '`cairn cache rm` needs the name of a step, the start of a key or the id of an entry.'],
    [['rm', '--older-than', '3d'], 'There is no option --older-than.'],
    [['prune', 'x'], '`cairn cache prune` takes no "x"; `cairn cache rm` does.'],
    [['prune', '--older-than', '30'], '--older-than cannot be "30"; it is a duration like 90m, 12h or 30d.'],
    [['prune', '--max-size', '5'], '--max-size cannot be "5"; it is a size like 500MB, 5GB or 2GiB.'],
    [['prune', '--keep-last', 'all'], '--keep-last cannot be "all"; it is a whole number from 0.'],
    [['prune', '--keep-lats', '3'], 'There is no option --keep-lats. Did you mean --keep-last?'],
    [['accept', 'a.ts'], '`cairn cache accept` needs the file of a pipeline and the name of a step.'],
    [['accept', 'a.ts', 'b', 'c'], '`cairn cache accept` takes a file and a step; "c" is too much.'],
  ])('refuses %j before it touches anything', async (argv, message) => {
    await expect(cacheCommand(argv, ENVIRONMENT)).rejects.toMatchObject({ code: 'CAIRN_COMMAND_USAGE', message })
  })
})
