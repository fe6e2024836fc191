import { describe, expect, it } from 'vitest'

import { parseHelp } from './parse-help.ts'

const HELP = `Do it.
In two lines.

Usage: cairn do <what> [options]
       cairn do all

Commands:
  first <a>               The first
  second                  The second,
                          which takes two lines

Options:
  -y, --yes               Do not ask
  --a-very-long-option NAME=VALUE
                          On the next line

A note over
two lines.

Words:
  one   a list of its own

Example:
  cairn do it
`

describe('parseHelp', () => {
  it('takes a help text apart', () => {
    expect(parseHelp(HELP)).toEqual({
      summary: 'Do it. In two lines.',
      usage: ['cairn do <what> [options]', 'cairn do all'],
      commands: [
        { term: 'first <a>', meaning: 'The first' },
        { term: 'second', meaning: 'The second, which takes two lines' },
      ],
      options: [
        { term: '-y, --yes', meaning: 'Do not ask' },
        { term: '--a-very-long-option NAME=VALUE', meaning: 'On the next line' },
      ],
      examples: ['cairn do it'],
      notes: ['A note over two lines.', '```text\nWords:\n  one   a list of its own\n```'],
    })
  })

  it('refuses an option that says nothing', () => {
    expect(() => parseHelp('Do it.\n\nOptions:\n  --yes Do not ask\n')).toThrow('no two columns: --yes Do not ask')
  })
})
