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
  if (!(error instanceof Error)) return String(error)
  if (!('code' in error) || error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return error.message
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true })
  const unknown = tokens.find((token) => token.kind === 'option' && !Object.hasOwn(options, token.name))
  if (unknown?.kind !== 'option') return error.message
  const nearest = unknown.rawName.startsWith('--') ? nearestName(unknown.name, Object.keys(options)) : undefined
  return `There is no option ${unknown.rawName}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`
}
