import { createClient, localTime } from '@cairnml/client'
import { cairnError } from '@cairnml/core'
import { openCache, proposeRunRemoval, removeRuns, type RunRemoval, type RunRemovalProposal } from '@cairnml/engine'

import type { Command, CommandEnvironment } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { AGE_OPTIONS, ageRules, REMOVAL_OPTIONS, removalFlags } from '../../flags/removal-flags.ts'
import { confirm } from '../../output/confirm.ts'
import { print, printJson } from '../../output/print.ts'
import { formatBytes, formatCount } from '../../output/quantities.ts'
import { formatTable } from '../../output/table.ts'
import { RUN_RM_HELP } from './run-rm-help.ts'

/** Every option of `cairn run rm`. */
export const RUN_RM_OPTIONS: typeof AGE_OPTIONS & typeof REMOVAL_OPTIONS = { ...AGE_OPTIONS, ...REMOVAL_OPTIONS }

const TABLE_LIMIT = 100

/** `cairn run rm`: removes runs that have ended. */
export const runRmCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, RUN_RM_OPTIONS)
  if (values.help === true) {
    print(RUN_RM_HELP)
    return 0
  }
  const { stack } = values
  const { json, yes, dryRun } = removalFlags(values)
  const rules = ageRules(values)
  const hasRules = rules.olderThanMs !== undefined || rules.keepLast !== undefined
  if (hasRules && positionals.length > 0) throw usageError('Runs that are named and rules contradict one another.')
  if (!hasRules && positionals.length === 0) throw usageError('`cairn run rm` needs runs, --older-than or --keep-last.')
  const asked = hasRules ? rules : await idsOf(positionals, environment, stack)
  const stores = await openCache({ environment, stack })
  const proposed = await proposeRunRemoval(stores, asked)
  const [live] = proposed.liveRuns
  if (live !== undefined && !hasRules) throw cairnError('CAIRN_RUN_LIVE', { run: live })
  if (!json) print(proposalText(proposed, dryRun))
  if (dryRun || proposed.runs.length === 0) return answer(proposed, { json, dryRun })
  if (!(await confirm(`Remove ${formatCount(proposed.runs.length, 'run', 'runs')}?`, { yes, json }))) {
    print('Nothing was removed.\n')
    return 0
  }
  return answer(proposed, { json, dryRun, removed: await removeRuns(stores, proposed) })
}

async function idsOf(
  names: readonly string[],
  { fallbackDirs }: CommandEnvironment,
  stack: string | undefined,
): Promise<ReadonlySet<string>> {
  await using client = await createClient({ fallbackDirs, stack })
  const ids = new Set<string>()
  for (const name of names) ids.add((await client.run(name)).id)
  return ids
}

function proposalText({ runs, liveRuns }: RunRemovalProposal, dryRun: boolean): string {
  const live = liveRuns.map((name) => `Run ${name} is going on and stays.\n`).join('')
  if (runs.length === 0) return `${live}There is nothing to remove.\n`
  const titles = ['RUN', 'PIPELINE', 'STATUS', 'STARTED'].map((title) => ({ title }))
  const rows = runs.map(({ name, pipeline, status, startedAt }) => [name, pipeline, status, localTime(startedAt)])
  const left = rows.length - TABLE_LIMIT
  const more = left > 0 ? `... and ${left} more\n` : ''
  const would = dryRun ? `This would remove ${formatCount(rows.length, 'run', 'runs')}.\n` : ''
  return `${formatTable(titles, rows.slice(0, TABLE_LIMIT))}${more}${live}${would}`
}

function answer(
  { runs, liveRuns }: RunRemovalProposal,
  { json, dryRun, removed }: { readonly json: boolean; readonly dryRun: boolean; readonly removed?: RunRemoval },
): number {
  if (json) {
    const named = runs.map(({ id, name, pipeline, status, startedAt }) => ({ id, name, pipeline, status, startedAt }))
    const nothing = { runs: 0, objects: 0, bytes: 0, keptSteps: 0 }
    const done = removed ?? (dryRun ? undefined : nothing)
    printJson('cairn.run-removal/1', { dryRun, runs: named, liveRuns, removed: done })
  } else if (removed !== undefined) {
    const logs = `${formatBytes(removed.bytes)} of logs, reports and results that are not reused`
    print(`Removed ${formatCount(removed.runs, 'run', 'runs')} and ${logs}.\n`)
  }
  return 0
}
