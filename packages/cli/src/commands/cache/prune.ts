import { openCache, proposePrune } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { sizeFlag } from '../../flags/parse-quantity.ts'
import { AGE_OPTIONS, ageRules, REMOVAL_OPTIONS, removalFlags } from '../../flags/removal-flags.ts'
import { PRUNE_HELP } from './cache-help.ts'
import { carryOut } from './carry-out.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn cache prune`. */
export const PRUNE_OPTIONS: typeof AGE_OPTIONS &
  typeof REMOVAL_OPTIONS & { readonly 'max-size': { readonly type: 'string' } } = {
  ...AGE_OPTIONS,
  'max-size': { type: 'string' },
  ...REMOVAL_OPTIONS,
}

/** `cairn cache prune`: removes what rules do not let stay. */
export const pruneCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, PRUNE_OPTIONS)
  if (values.help === true) {
    standardOutput().write(PRUNE_HELP)
    return 0
  }
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn cache prune\` takes no "${extra}"; \`cairn cache rm\` does.`)
  const rules = { ...ageRules(values), maxBytes: sizeFlag('--max-size', values['max-size']) }
  const stores = await openCache({ environment, stack: values.stack })
  const proposed = await proposePrune(stores, rules)
  return carryOut(stores, proposed, { ...removalFlags(values), maxBytes: rules.maxBytes })
}
