import { parseArgs, type ParseArgsConfig } from 'node:util'

import { cairnError, nearestName } from '@cairnml/core'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>

/**
 * Reads flags and positionals of a command; what is not known is refused.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function parseFlags<O extends Options>(argv: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw usageError(flagProblem(error, argv, options))
  }
}

/** The error of a command line that cannot be meant so. */
export function usageError(problem: string): Error {
  return cairnError('CAIRN_COMMAND_USAGE', { problem })
}

function flagProblem(error: unknown, argv: readonly string[], options: Options): string {
  const unknown = argv.find((arg) => arg.startsWith('--') && !Object.hasOwn(options, flagName(arg)))
  if (unknown === undefined) return error instanceof Error ? error.message : String(error)
  const nearest = nearestName(flagName(unknown), Object.keys(options))
  return `There is no option ${unknown.split('=')[0]}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`
}

function flagName(arg: string): string {
  return arg.slice(2).split('=')[0] ?? ''
}
