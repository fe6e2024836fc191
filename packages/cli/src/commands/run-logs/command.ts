import { createClient, type StoredRun } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { print } from '../../output/print.ts'
import { askedStep } from '../../read/asked-step.ts'
import { followRun } from './follow-run.ts'
import { printLine, type LineStyle } from './print-line.ts'
import { RUN_LOGS_HELP } from './run-logs-help.ts'

/** Every option of `cairn run logs`. */
export const RUN_LOGS_OPTIONS = {
  follow: { type: 'boolean', short: 'f' },
  step: { type: 'string' },
  attempt: { type: 'string' },
  stream: { type: 'string' },
  timestamps: { type: 'boolean' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const STREAMS = ['stdout', 'stderr', 'log']

/** `cairn run logs`: what steps printed and logged. */
export const runLogsCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, RUN_LOGS_OPTIONS)
  if (values.help === true) {
    print(RUN_LOGS_HELP)
    return 0
  }
  const [named, second, extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn run logs\` takes a run and a step; "${extra}" is too much.`)
  if (values.step !== undefined && second !== undefined) {
    throw usageError(`--step ${values.step} and the step "${second}" contradict one another.`)
  }
  const { stream, json = false, timestamps = false } = values
  if (stream !== undefined && !STREAMS.includes(stream)) {
    throw usageError(`--stream cannot be "${stream}"; it is one of ${STREAMS.join(', ')}.`)
  }
  const attempt = countFlag('--attempt', values.attempt, 1)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const find = (name: string): Promise<StoredRun> => client.run(name)
  // A step that is to be followed may not have begun: then only --step, or its place behind the run, can name it.
  const isFollowed = values.follow === true && (values.step ?? second) !== undefined
  const asked =
    values.step === undefined && !isFollowed
      ? await askedStep(positionals, find)
      : { run: await find(named ?? 'last'), step: values.step ?? second }
  const asking = { ...asked, attempt, stream, style: { json, timestamps } }
  return await (values.follow === true ? followRun(asking, find) : printLog(asking))
}

/** What is asked of the log of a run. */
export interface AskedLog {
  readonly run: StoredRun
  readonly step: string | undefined
  readonly attempt: number | undefined
  readonly stream: string | undefined
  readonly style: Omit<LineStyle, 'labelWidth'>
}

async function printLog({ run, step: named, attempt, stream, style }: AskedLog): Promise<number> {
  const steps = named === undefined ? await run.steps() : [await run.step(named)]
  const labelWidth = named === undefined ? Math.max(0, ...steps.map(({ label }) => label.length)) : 0
  let isEmpty = true
  for (const step of steps) {
    const { id, label } = step
    for await (const line of step.log({ attempt })) {
      if (stream !== undefined && line.stream !== stream) continue
      isEmpty = false
      printLine({ ...line, step: id, label }, { ...style, labelWidth })
    }
  }
  if (isEmpty && !style.json) process.stderr.write(nothingText({ run, step: named, attempt, stream }))
  return 0
}

/** Says of a log without lines that it has none. */
function nothingText({ run, step, attempt, stream }: Omit<AskedLog, 'style'>): string {
  const who = step === undefined ? `The steps of run ${run.name}` : `Step ${step} of run ${run.name}`
  const where = stream === undefined ? '' : ` on ${stream}`
  const when = attempt === undefined ? '' : ` in attempt ${attempt}`
  return `${who} wrote nothing${where}${when}.\n`
}
