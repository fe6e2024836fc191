import { openCache, proposeRemoval } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { REMOVE_HELP } from './cache-help.ts'
import { carryOut } from './carry-out.ts'

/** Every option of `cairn cache rm`. */
export const REMOVE_OPTIONS = {
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn cache rm`: removes entries that are named. */
export const removeCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, REMOVE_OPTIONS)
  if (values.help === true) {
    process.stdout.write(REMOVE_HELP)
    return 0
  }
  if (positionals.length === 0) {
    throw usageError('`cairn cache rm` needs the name of a step, the start of a key or the id of an entry.')
  }
  const stores = await openCache({ environment, stack: values.stack })
  const proposed = await proposeRemoval(stores, positionals)
  return carryOut(stores, proposed, {
    dryRun: values['dry-run'] === true,
    yes: values.yes === true,
    json: values.json === true,
  })
}
