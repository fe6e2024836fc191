import { describe, expect, it } from 'vitest'

import { REMOVAL_OPTIONS } from '../../flags/removal-flags.ts'
import { ACCEPT_OPTIONS } from './accept.ts'
import { ACCEPT_HELP, CACHE_HELP, LIST_HELP, PRUNE_HELP, REMOVE_HELP, STATS_HELP } from './cache-help.ts'
import { CACHE_COMMANDS } from './command.ts'
import { LIST_OPTIONS } from './list.ts'
import { PRUNE_OPTIONS } from './prune.ts'
import { STATS_OPTIONS } from './stats.ts'

interface Option {
  readonly type: string
  readonly short?: string
}

/** The lines of a part of a help text, up to the explanation. */
function listed(help: string, part: string): readonly string[] {
  const lines = new RegExp(`^${part}:\\n((?: {2}.*\\n)+)`, 'm').exec(help)?.[1] ?? ''
  return lines.split('\n').flatMap((line) => /^ {2}(\S.*?)(?: {2,}|$)/.exec(line)?.[1] ?? [])
}

describe.each<[string, string, Readonly<Record<string, Option>>]>([
  ['ls', LIST_HELP, LIST_OPTIONS],
  ['stats', STATS_HELP, STATS_OPTIONS],
  ['rm', REMOVE_HELP, REMOVAL_OPTIONS],
  ['prune', PRUNE_HELP, PRUNE_OPTIONS],
  ['accept', ACCEPT_HELP, ACCEPT_OPTIONS],
])('the help of cairn cache %s', (name, help, options) => {
  it('lists exactly the options that are read, with their short forms and whether they take a value', () => {
    const read = Object.entries(options).map(([option, { type, short }]) => {
      return `${short === undefined ? '' : `-${short}, `}--${option}${type === 'string' ? ' VALUE' : ''}`
    })
    expect(listed(help, 'Options').map((option) => option.replace(/ [A-Z=]+$/, ' VALUE'))).toEqual(read)
  })

  it('names the command, fits in 120 columns and ends with one line break', () => {
    expect(help).toContain(`Usage: cairn cache ${name} `)
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(help).toMatch(/[^\n]\n$/)
  })
})

describe('the help of cairn cache', () => {
  it('lists exactly the commands that there are', () => {
    expect(listed(CACHE_HELP, 'Commands').map((line) => line.split(' ')[0])).toEqual(Object.keys(CACHE_COMMANDS))
  })
})
