import { describe, expect, it } from 'vitest'

import { subCommandHelp } from './sub-command-help.ts'

const GROUP = `Look at things.

Usage: cairn thing <command> [options]

Commands:
  list                 List things
  remove-all-of-them <kind>
                       Remove things: all
                       that there are

Options:
  --kind KIND          list: of a kind,
                       one of them
  -y, --yes            Do not ask
  -h, --help           Print this help

More about things.
`

describe('the help of one command of a group', () => {
  it('says what it does, how it is called, and the options that it has', () => {
    expect(subCommandHelp(GROUP, { call: 'thing list', options: ['help', 'kind'] })).toBe(`List things.

Usage: cairn thing list [options]

Options:
  --kind KIND          list: of a kind,
                       one of them
  -h, --help           Print this help
`)
  })

  it('finds what is said below a long name', () => {
    const help = subCommandHelp(GROUP, { call: 'thing remove-all-of-them <kind>', options: ['yes'] })
    expect(help).toMatch(
      /^Remove things: all\n +that there are\.\n\nUsage: cairn thing remove-all-of-them <kind> \[options\]\n/,
    )
    expect(help).toContain('  -y, --yes            Do not ask\n')
  })
})
