import { CACHE_MODES, FAILURE_MODES } from '@cairnml/core'
import { describe, expect, it } from 'vitest'

import { COMMANDS } from './command-table.ts'
import { EXPLAIN_HELP } from './commands/explain/explain-help.ts'
import { RUN_SHOW_HELP } from './commands/run-show/run-show-help.ts'
import { RUN_OPTIONS } from './commands/run/run-flags.ts'
import { HELP, RUN_HELP } from './help.ts'

/** What the part `Options:` of a help text lists: `-p, --param NAME=VALUE`. */
function listedOptions(help: string): readonly string[] {
  const part = /^Options:\n((?: {2}.*\n)+)/m.exec(help)?.[1] ?? ''
  return part.split('\n').flatMap((line) => /^ {2}(-.*?)(?: {2,}|$)/.exec(line)?.[1] ?? [])
}

describe('RUN_HELP', () => {
  it('lists exactly the options that are read, with their short forms and whether they take a value', () => {
    const read = Object.entries(RUN_OPTIONS).map(([name, option]) => {
      const short = 'short' in option ? `-${option.short}, ` : ''
      return `${short}--${name}${option.type === 'string' ? ' VALUE' : ''}`
    })
    expect(listedOptions(RUN_HELP).map((option) => option.replace(/ [A-Z.=]+$/, ' VALUE'))).toEqual(read)
  })

  it('says "repeatable" of exactly the options that are', () => {
    for (const [name, option] of Object.entries(RUN_OPTIONS)) {
      const line = RUN_HELP.split('\n').find((text) => text.includes(`--${name} `))
      expect(line?.includes('(repeatable)'), name).toBe('multiple' in option)
    }
  })

  it('names every cache mode and every failure mode', () => {
    const lineOf = (option: string): string => RUN_HELP.split('\n').find((line) => line.includes(`--${option} `)) ?? ''
    for (const mode of CACHE_MODES) expect(lineOf('cache')).toMatch(new RegExp(`\\b${mode}\\b`))
    for (const mode of FAILURE_MODES) expect(lineOf('failure-mode')).toContain(mode)
  })
})

describe('HELP', () => {
  it('lists exactly the commands that there are', () => {
    const part = /^Commands:\n((?: {2}.*\n)+)/m.exec(HELP)?.[1] ?? ''
    const listed = part.split('\n').flatMap((line) => /^ {2}(\S+)/.exec(line)?.[1] ?? [])
    expect([...new Set(listed)]).toEqual(Object.keys(COMMANDS))
  })
})

it.each([
  ['HELP', HELP],
  ['RUN_HELP', RUN_HELP],
  ['EXPLAIN_HELP', EXPLAIN_HELP],
  ['RUN_SHOW_HELP', RUN_SHOW_HELP],
])('%s fits in 120 columns and ends with one line break', (_, help) => {
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  expect(help).toMatch(/[^\n]\n$/)
})
