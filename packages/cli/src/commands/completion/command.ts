import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { print } from '../../output/print.ts'
import { COMPLETION_HELP } from './completion-help.ts'
import { SCRIPTS } from './scripts-data.ts'

/** Every option of `cairn completion`. */
export const COMPLETION_OPTIONS = {
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn completion`: prints a script with which a shell completes what is typed after `cairn`. */
export const completionCommand: Command = async (argv) => {
  const { values, positionals } = parseFlags(argv, COMPLETION_OPTIONS)
  if (values.help === true) {
    print(COMPLETION_HELP)
    return 0
  }
  const known = Object.keys(SCRIPTS).join(', ')
  const [shell, extra] = positionals
  if (shell === undefined) throw usageError(`\`cairn completion\` needs a shell: ${known}.`)
  if (extra !== undefined) throw usageError(`\`cairn completion\` takes one shell; "${extra}" is too much.`)
  const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined
  if (script === undefined) throw usageError(`There is no completion for "${shell}"; there is one for ${known}.`)
  print(script)
  return 0
}
