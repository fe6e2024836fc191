import { nearestName } from '@cairnml/core'

import { COMMANDS } from '../../command-table.ts'
import type { Command, CommandEnvironment } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { HELP } from '../../help.ts'
import { print } from '../../output/print.ts'
import { errorCodes, errorPage } from './error-pages.ts'
import { HELP_HELP } from './help-help.ts'

/** Every option of `cairn help`. */
export const HELP_OPTIONS = {
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn help`: the help of a command, or the page of an error. */
export const helpCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, HELP_OPTIONS)
  const [topic, ...rest] = positionals
  if (values.help === true) print(HELP_HELP)
  else if (topic === undefined) print(HELP)
  else if (Object.hasOwn(COMMANDS, topic)) return commandHelp(topic, rest, environment)
  else {
    const [extra] = rest
    if (extra !== undefined) throw usageError(`\`cairn help\` takes one code; "${extra}" is too much.`)
    print(await pageOf(topic))
  }
  return 0
}

async function commandHelp(name: string, rest: readonly string[], environment: CommandEnvironment): Promise<number> {
  const { command } = (await COMMANDS[name]?.()) ?? {}
  return command === undefined ? 0 : command([...rest, '--help'], environment)
}

async function pageOf(topic: string): Promise<string> {
  const codes = await errorCodes()
  // Typed by hand, a code may be in small letters and without what all of them begin with.
  const code = topic.toUpperCase().replace(/^(?!CAIRN_)/, 'CAIRN_')
  if (codes.includes(code)) return errorPage(code)
  const isCode = topic.toUpperCase().startsWith('CAIRN_')
  const nearest = isCode ? nearestName(code, codes) : nearestName(topic, Object.keys(COMMANDS))
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
  throw usageError(`There is no ${isCode ? 'code' : 'command and no code'} "${topic}".${meant}`)
}
