import { openCache, proposeRemoval } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { REMOVAL_OPTIONS, removalFlags } from '../../flags/removal-flags.ts'
import { REMOVE_HELP } from './cache-help.ts'
import { carryOut } from './carry-out.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** `cairn cache rm`: removes entries that are named. */
export const removeCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, REMOVAL_OPTIONS)
  if (values.help === true) {
    standardOutput().write(REMOVE_HELP)
    return 0
  }
  if (positionals.length === 0) {
    throw usageError('`cairn cache rm` needs the name of a step, the start of a key or the id of an entry.')
  }
  const stores = await openCache({ environment, stack: values.stack })
  const proposed = await proposeRemoval(stores, positionals)
  return carryOut(stores, proposed, removalFlags(values))
}
