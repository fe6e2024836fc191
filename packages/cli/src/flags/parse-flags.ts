import { parseArgs, type ParseArgsConfig } from 'node:util'

import { cairnError, nearestName } from '@cairnml/core'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>

/** A token of `parseArgs` that stands for an option. */
interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

const NEGATIVE_NUMBER = /^-\.?\d/

/**
 * Reads flags and positionals of a command; what is not known is refused. A negative number is a value: there are no
 * options of that form.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function parseFlags<O extends Options>(argv: readonly string[], options: O): Parsed<O> {
  const args = withNegativeNumbers(argv, options)
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw usageError(flagProblem(args, options) ?? (error instanceof Error ? error.message : String(error)))
  }
}

/** The error of a command line that cannot be meant so. */
export function usageError(problem: string): Error {
  return cairnError('CAIRN_COMMAND_USAGE', { problem })
}

/** `--limit -1` as `--limit=-1`: what is wrong with the value is said by who reads it. */
function withNegativeNumbers(argv: readonly string[], options: Options): string[] {
  const end = argv.indexOf('--')
  const [flags, rest] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end)]
  const joined: string[] = []
  for (const given of flags) {
    const option = joined.at(-1)
    const isValue = option !== undefined && NEGATIVE_NUMBER.test(given) && takesValue(option, options)
    if (!isValue) joined.push(given)
    else joined[joined.length - 1] = `${option}${option.startsWith('--') ? '=' : ''}${given}`
  }
  return [...joined, ...rest]
}

function takesValue(given: string, options: Options): boolean {
  return Object.entries(options).some(
    ([name, { type, short }]) => type === 'string' && (given === `--${name}` || given === `-${short}`),
  )
}

/** What is wrong with the first option that is not as it has to be. */
function flagProblem(args: string[], options: Options): string | undefined {
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true })
  for (const token of tokens) {
    const problem = token.kind === 'option' ? optionProblem(token, options) : undefined
    if (problem !== undefined) return problem
  }
  return undefined
}

function optionProblem({ name, rawName, value, inlineValue }: OptionToken, options: Options): string | undefined {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (option === undefined) {
    const nearest = rawName.startsWith('--') ? nearestName(name, Object.keys(options)) : undefined
    return `There is no option ${rawName}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`
  }
  if (option.type === 'boolean') {
    return value === undefined ? undefined : `${rawName} takes no value, but was given "${value}".`
  }
  if (value === undefined) return `${rawName} needs a value.`
  if (inlineValue === true || !value.startsWith('-') || value === '-') return undefined
  return `${rawName} needs a value, and "${value}" looks like an option. If it is the value, write --${name}=${value}.`
}
