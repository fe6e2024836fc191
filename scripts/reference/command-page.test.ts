import { expect, it } from 'vitest'

import { commandPage, commandWords } from './command-page.ts'

const ROOT = `All.

Usage: cairn <command>

Commands:
  cache <command>         Look
  cache ls                Not a command of its own in its parent's help
  version                 Print the version

Options:
  -h, --help              Print this help
`
const TEXTS: Readonly<Record<string, string>> = {
  '': ROOT,
  version: ROOT,
  cache: 'Look.\n\nUsage: cairn cache <command>\n\nCommands:\n  rm <what>...            Remove | forget\n',
  'cache ls': 'List.\n\nUsage: cairn cache ls\n',
  'cache rm': 'Remove <what> with --yes.\n\nUsage: cairn cache rm <what>...\n\nExamples:\n  cairn cache rm a\n',
}

it('has a section for every command at any depth that has a help text of its own', async () => {
  const page = await commandPage(async (words) => TEXTS[words.join(' ')] ?? '')
  expect(page.match(/^## .*$/gm)).toEqual(['## cairn cache', '## cairn cache rm', '## cairn cache ls'])
  expect(page).toContain('| `cairn version` | Print the version |')
  expect(page).toContain('Remove `<what>` with `--yes`.')
  expect(page).toContain('```sh\ncairn cache rm a\n```')
})

it.each([
  ['run <file> [pipeline]', [['run']]],
  ['run show [run]', [['run', 'show']]],
  [
    'run list | show | logs',
    [
      ['run', 'list'],
      ['run', 'show'],
      ['run', 'logs'],
    ],
  ],
])('finds the commands that "%s" stands for', (term, words) => {
  expect(commandWords(term)).toEqual(words)
})
