import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { askedStep } from '../../read/asked-step.ts'
import { openClient } from '../../read/open-client.ts'
import { EXPLAIN_HELP } from './explain-help.ts'
import { explanationJson, runLines, stepLines } from './explanation-text.ts'
import { standardOutput } from '../../output/standard-output.ts'

const OPTIONS = {
  against: { type: 'string' },
  from: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn explain`: why the steps of a run were reused or ran. */
export const explainCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, OPTIONS)
  const { against, json = false } = values
  if (values.help === true) {
    standardOutput().write(EXPLAIN_HELP)
    return 0
  }
  const [, , extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn explain\` takes a run and a step; "${extra}" is too much.`)
  await using client = await openClient(environment, values)
  const { run, step } = await askedStep(positionals, (name) => client.run(name))
  if (step !== undefined) {
    const explanation = await run.explain(step, { against })
    standardOutput().write(json ? explanationJson(run, [explanation]) : stepLines(explanation))
    return 0
  }
  if (against !== undefined)
    throw usageError('--against compares one step: `cairn explain <run> <step> --against <run>`.')
  const { steps } = await run.explain()
  standardOutput().write(json ? explanationJson(run, steps) : runLines(run, steps))
  return 0
}
