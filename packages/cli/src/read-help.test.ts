import { describe, expect, it } from 'vitest'

import {
  ARTIFACT_CAT_HELP,
  ARTIFACT_EXPORT_HELP,
  ARTIFACT_HELP,
  ARTIFACT_LINEAGE_HELP,
  ARTIFACT_LIST_HELP,
  ARTIFACT_PUSH_HELP,
  ARTIFACT_SHOW_HELP,
} from './commands/artifact/artifact-help.ts'
import { ARTIFACT_CAT_OPTIONS } from './commands/artifact/cat.ts'
import { ARTIFACT_COMMANDS } from './commands/artifact/command.ts'
import { ARTIFACT_EXPORT_OPTIONS } from './commands/artifact/export.ts'
import { ARTIFACT_LINEAGE_OPTIONS } from './commands/artifact/lineage.ts'
import { ARTIFACT_LIST_OPTIONS } from './commands/artifact/list.ts'
import { ARTIFACT_PUSH_OPTIONS } from './commands/artifact/push.ts'
import { PIPELINE_COMMANDS } from './commands/pipeline/command.ts'
import {
  PIPELINE_HELP,
  PIPELINE_LIST_HELP,
  PIPELINE_SHOW_HELP,
  PIPELINE_VERSIONS_HELP,
} from './commands/pipeline/pipeline-help.ts'
import { PIPELINE_SHOW_OPTIONS } from './commands/pipeline/show.ts'
import { RUN_COMPARE_OPTIONS } from './commands/run-compare/command.ts'
import { RUN_COMPARE_HELP } from './commands/run-compare/run-compare-help.ts'
import { RUN_LIST_OPTIONS } from './commands/run-list/command.ts'
import { RUN_LIST_HELP } from './commands/run-list/run-list-help.ts'
import { RUN_LOGS_OPTIONS } from './commands/run-logs/command.ts'
import { RUN_LOGS_HELP } from './commands/run-logs/run-logs-help.ts'
import { SWEEP_OPTIONS } from './commands/sweep/sweep-flags.ts'
import { SWEEP_HELP } from './commands/sweep/sweep-help.ts'
import { RUN_RM_OPTIONS } from './commands/run-rm/command.ts'
import { RUN_RM_HELP } from './commands/run-rm/run-rm-help.ts'
import { RUN_SYNC_OPTIONS } from './commands/run-sync/command.ts'
import { RUN_SYNC_HELP } from './commands/run-sync/run-sync-help.ts'
import { READ_OPTIONS } from './read/read-options.ts'

interface Option {
  readonly type: string
  readonly short?: string
  readonly multiple?: boolean
}

/** The lines of a part of a help text, up to the explanation. */
function listed(help: string, part: string): readonly string[] {
  const lines = new RegExp(`^${part}:\\n((?: {2}.*\\n)+)`, 'm').exec(help)?.[1] ?? ''
  return lines.split('\n').flatMap((line) => /^ {2}(\S.*?)(?: {2,}|$)/.exec(line)?.[1] ?? [])
}

describe.each<[string, string, Readonly<Record<string, Option>>]>([
  ['run list', RUN_LIST_HELP, RUN_LIST_OPTIONS],
  ['run compare', RUN_COMPARE_HELP, RUN_COMPARE_OPTIONS],
  ['run logs', RUN_LOGS_HELP, RUN_LOGS_OPTIONS],
  ['run rm', RUN_RM_HELP, RUN_RM_OPTIONS],
  ['run sync', RUN_SYNC_HELP, RUN_SYNC_OPTIONS],
  ['pipeline list', PIPELINE_LIST_HELP, READ_OPTIONS],
  ['pipeline show', PIPELINE_SHOW_HELP, PIPELINE_SHOW_OPTIONS],
  ['pipeline versions', PIPELINE_VERSIONS_HELP, READ_OPTIONS],
  ['artifact list', ARTIFACT_LIST_HELP, ARTIFACT_LIST_OPTIONS],
  ['artifact show', ARTIFACT_SHOW_HELP, READ_OPTIONS],
  ['artifact cat', ARTIFACT_CAT_HELP, ARTIFACT_CAT_OPTIONS],
  ['artifact export', ARTIFACT_EXPORT_HELP, ARTIFACT_EXPORT_OPTIONS],
  ['artifact lineage', ARTIFACT_LINEAGE_HELP, ARTIFACT_LINEAGE_OPTIONS],
  ['artifact push', ARTIFACT_PUSH_HELP, ARTIFACT_PUSH_OPTIONS],
  ['sweep', SWEEP_HELP, SWEEP_OPTIONS],
])('the help of cairn %s', (name, help, options) => {
  it('lists exactly the options that are read, with their short forms and whether they take a value', () => {
    const read = Object.entries(options).map(([option, { type, short }]) => {
      return `${short === undefined ? '' : `-${short}, `}--${option}${type === 'string' ? ' VALUE' : ''}`
    })
    expect(listed(help, 'Options').map((option) => option.replace(/ [A-Z=.]+$/, ' VALUE'))).toEqual(read)
    for (const [option, { multiple }] of Object.entries(options)) {
      const line = help.split('\n').find((text) => text.includes(`--${option} `))
      expect(line?.includes('(repeatable)'), option).toBe(multiple === true)
    }
  })

  it('names the command, fits in 120 columns and ends with one line break', () => {
    expect(help).toContain(`Usage: cairn ${name} `)
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(help).toMatch(/[^\n]\n$/)
  })
})

it.each([
  ['pipeline', PIPELINE_HELP, PIPELINE_COMMANDS],
  ['artifact', ARTIFACT_HELP, ARTIFACT_COMMANDS],
])('the help of cairn %s lists exactly the commands that there are', (_, help, commands) => {
  expect(listed(help, 'Commands').map((line) => line.split(' ')[0])).toEqual(Object.keys(commands))
})
