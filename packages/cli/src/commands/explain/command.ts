import { createClient, type StoredRun } from '@cairnml/client'
import { cairnError, isCairnError, nearestName } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { EXPLAIN_HELP } from './explain-help.ts'
import { explanationJson, runLines, stepLines } from './explanation-text.ts'

const OPTIONS = {
  against: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** What a command line asks to be explained. */
interface Asked {
  readonly run: StoredRun
  readonly step: string | undefined
}

/** `cairn explain`: why the steps of a run were reused or ran. */
export const explainCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, OPTIONS)
  const { against, json = false } = values
  if (values.help === true) {
    process.stdout.write(EXPLAIN_HELP)
    return 0
  }
  const [, , extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn explain\` takes a run and a step; "${extra}" is too much.`)
  await using client = await createClient({ fallbackDirs })
  const { run, step } = await askedFor(positionals, (name) => client.run(name))
  if (step !== undefined) {
    const explanation = await run.explain(step, { against })
    process.stdout.write(json ? explanationJson(run, [explanation]) : stepLines(explanation))
    return 0
  }
  if (against !== undefined)
    throw usageError('--against compares one step: `cairn explain <run> <step> --against <run>`.')
  const { steps } = await run.explain()
  process.stdout.write(json ? explanationJson(run, steps) : runLines(run, steps))
  return 0
}

/** A run, a run and a step, or a step of the newest run. */
async function askedFor(
  [first, second]: readonly string[],
  runOf: (name: string) => Promise<StoredRun>,
): Promise<Asked> {
  if (first === undefined) return { run: await runOf('last'), step: undefined }
  try {
    return { run: await runOf(first), step: second }
  } catch (error) {
    if (second !== undefined || !isCairnError(error, 'CAIRN_RUN_UNKNOWN')) throw error
    const last = await runOf('last').catch(() => undefined)
    if (last === undefined) throw error
    const steps = (await last.steps()).flatMap(({ id, step }) => [id, step])
    if (steps.includes(first)) return { run: last, step: first }
    const nearest = error.details['nearest'] ?? nearestName(first, new Set(steps))
    throw cairnError('CAIRN_RUN_UNKNOWN', {
      name: first,
      newest: last.name,
      nearest: typeof nearest === 'string' ? nearest : undefined,
    })
  }
}
