import type { Client } from '@cairnml/client'
import { cairnError, nearestName, toTaggedJson } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { csvText } from '../../output/csv.ts'
import { print, printJson } from '../../output/print.ts'
import { fitsGlob } from '../../read/glob.ts'
import { openClient } from '../../read/open-client.ts'
import { comparisonRows, comparisonText } from './comparison-text.ts'
import { arranged, compareRuns, compareSteps, type Comparison } from './comparison.ts'
import { RUN_COMPARE_HELP } from './run-compare-help.ts'

/** Every option of `cairn run compare`. */
export const RUN_COMPARE_OPTIONS = {
  steps: { type: 'string' },
  differing: { type: 'boolean' },
  sort: { type: 'string' },
  csv: { type: 'boolean' },
  from: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn run compare`: runs, or steps of a run, side by side. */
export const runCompareCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, RUN_COMPARE_OPTIONS)
  if (values.help === true) {
    print(RUN_COMPARE_HELP)
    return 0
  }
  if (values.json === true && values.csv === true) throw usageError('--json and --csv contradict one another.')
  await using client = await openClient(environment, values)
  const all =
    values.steps === undefined ? await ofRuns(client, positionals) : await ofSteps(client, positionals, values.steps)
  const { sort, differing = false } = values
  if (sort !== undefined) assertField(sort, all)
  const found = arranged(all, { differing, sort })
  if (values.json === true) printJson('cairn.comparison/1', comparisonJson(found))
  else print(values.csv === true ? csvText(comparisonRows(found)) : comparisonText(found))
  return 0
}

async function ofRuns(client: Client, names: readonly string[]): Promise<Comparison> {
  const [first, another] = names
  const asked = first === undefined ? ['last~1', 'last'] : another === undefined ? [first, 'last'] : names
  const runs = []
  for (const name of asked) runs.push(await client.run(name))
  return compareRuns(runs)
}

async function ofSteps(client: Client, names: readonly string[], pattern: string): Promise<Comparison> {
  const [name, extra] = names
  if (extra !== undefined) throw usageError(`--steps compares steps of one run; "${extra}" is too much.`)
  const run = await client.run(name)
  const steps = await run.steps()
  const found = steps.filter(({ id, step }) => fitsGlob(id, pattern) || fitsGlob(step, pattern))
  if (found.length > 0) return compareSteps(run, found)
  const known = steps.map(({ id }) => id)
  throw cairnError('CAIRN_STEP_RUN_UNKNOWN', {
    run: run.name,
    step: pattern,
    known,
    nearest: nearestName(pattern, known),
  })
}

function assertField(sort: string, { fields }: Comparison): void {
  const known = fields.map(({ field }) => field)
  if (known.includes(sort)) return
  const nearest = nearestName(sort, known)
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
  throw usageError(`There is no row "${sort}" to sort by.${meant} There are ${known.join(', ')}.`)
}

function comparisonJson({ items, fields }: Comparison): object {
  return {
    of: items.some(({ step }) => step !== undefined) ? 'steps' : 'runs',
    items: items.map(({ run, step }) => ({ run, step })),
    fields: fields.map(({ field, values, differs }) => ({
      field,
      // What is not there is null, which no parameter shares: its own null is tagged data of a run that has it.
      values: values.map((value) => (value === undefined ? null : toTaggedJson(value))),
      differs,
    })),
  }
}
