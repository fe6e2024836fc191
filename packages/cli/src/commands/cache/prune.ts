import { openCache, proposePrune } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag, durationFlag, sizeFlag } from '../../flags/parse-quantity.ts'
import { PRUNE_HELP } from './cache-help.ts'
import { carryOut } from './carry-out.ts'

/** Every option of `cairn cache prune`. */
export const PRUNE_OPTIONS = {
  'older-than': { type: 'string' },
  'max-size': { type: 'string' },
  'keep-last': { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn cache prune`: removes what rules do not let stay. */
export const pruneCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, PRUNE_OPTIONS)
  if (values.help === true) {
    process.stdout.write(PRUNE_HELP)
    return 0
  }
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn cache prune\` takes no "${extra}"; \`cairn cache rm\` does.`)
  const rules = {
    olderThanMs: durationFlag('--older-than', values['older-than']),
    maxBytes: sizeFlag('--max-size', values['max-size']),
    keepLast: countFlag('--keep-last', values['keep-last'], 0),
  }
  const stores = await openCache({ environment, stack: values.stack })
  const proposed = await proposePrune(stores, rules)
  return carryOut(stores, proposed, {
    dryRun: values['dry-run'] === true,
    yes: values.yes === true,
    json: values.json === true,
    maxBytes: rules.maxBytes,
  })
}
