import { syncRuns, type SyncedRun } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { RUN_SYNC_HELP } from './run-sync-help.ts'
import { syncedJson, syncedText, totalsText } from './synced-text.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn run sync`. */
export const RUN_SYNC_OPTIONS = {
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn run sync`: runs of other machines are recorded here, reports that are missing there are stored. */
export const runSyncCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, RUN_SYNC_OPTIONS)
  if (values.help === true) {
    standardOutput().write(RUN_SYNC_HELP)
    return 0
  }
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn run sync\` takes no "${extra}"; it takes all runs.`)
  const isJson = values.json === true
  const counts: Record<SyncedRun['kind'], number> = { imported: 0, skipped: 0, stored: 0 }
  // Line by line: there may be very many, and each is done when its line is there.
  for await (const synced of syncRuns({ environment, stack: values.stack })) {
    counts[synced.kind] += 1
    standardOutput().write(isJson ? syncedJson(synced) : syncedText(synced))
  }
  if (!isJson) standardOutput().write(totalsText(counts))
  return 0
}
