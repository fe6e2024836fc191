import { stripVTControlCharacters } from 'node:util'

import { createClient, localTime, type LoggedLine, type StoredStep } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { plainLines } from '../../output/plain-text.ts'
import { print, printJson } from '../../output/print.ts'
import { askedStep } from '../../read/asked-step.ts'
import { RUN_LOGS_HELP } from './run-logs-help.ts'

/** Every option of `cairn run logs`. */
export const RUN_LOGS_OPTIONS = {
  attempt: { type: 'string' },
  stream: { type: 'string' },
  timestamps: { type: 'boolean' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const STREAMS = ['stdout', 'stderr', 'log']

/** How lines are printed. */
interface LineStyle {
  readonly json: boolean
  readonly timestamps: boolean
  /** The width of the names of steps before the lines; 0 where one step is shown. */
  readonly labelWidth: number
}

/** `cairn run logs`: what steps printed and logged. */
export const runLogsCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, RUN_LOGS_OPTIONS)
  if (values.help === true) {
    print(RUN_LOGS_HELP)
    return 0
  }
  const [, , extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn run logs\` takes a run and a step; "${extra}" is too much.`)
  const attempt = countFlag('--attempt', values.attempt, 1)
  const { stream, json = false, timestamps = false } = values
  if (stream !== undefined && !STREAMS.includes(stream)) {
    throw usageError(`--stream cannot be "${stream}"; it is one of ${STREAMS.join(', ')}.`)
  }
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const asked = await askedStep(positionals, (name) => client.run(name))
  const steps = asked.step === undefined ? await asked.run.steps() : [await asked.run.step(asked.step)]
  const labelWidth = asked.step === undefined ? Math.max(0, ...steps.map(({ label }) => label.length)) : 0
  for (const step of steps) {
    for await (const line of step.log({ attempt })) {
      if (stream === undefined || line.stream === stream) printLine(step, line, { json, timestamps, labelWidth })
    }
  }
  return 0
}

function printLine({ id, label }: StoredStep, line: LoggedLine, { json, timestamps, labelWidth }: LineStyle): void {
  if (json) return printJson('cairn.log-line/1', { step: id, ...line })
  const at = timestamps ? `${localTime(line.time)}  ` : ''
  const name = labelWidth === 0 ? '' : `${label.padEnd(labelWidth)} | `
  const level = line.level === undefined || line.level === 'info' ? '' : `${line.level}: `
  print(`${at}${name}${level}${shownText(line.text)}\n`)
}

/** A pipe gets the bytes that the step printed. */
function shownText(text: string): string {
  return process.stdout.isTTY ? plainLines(stripVTControlCharacters(text)) : text
}
