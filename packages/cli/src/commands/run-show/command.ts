import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { openClient } from '../../read/open-client.ts'
import { runJson } from './run-json.ts'
import { RUN_SHOW_HELP } from './run-show-help.ts'
import { runText } from './run-text.ts'
import { standardOutput } from '../../output/standard-output.ts'

const OPTIONS = {
  from: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn run show`: a past run and its steps. */
export const runShowCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, OPTIONS)
  if (values.help === true) {
    standardOutput().write(RUN_SHOW_HELP)
    return 0
  }
  const [name, extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn run show\` takes one run; "${extra}" is too much.`)
  await using client = await openClient(environment, values)
  const run = await client.run(name)
  const steps = await run.steps()
  standardOutput().write(values.json === true ? runJson(run, steps) : runText(run, steps))
  return 0
}
