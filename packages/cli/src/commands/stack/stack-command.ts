import nodePath from 'node:path'
import type { ParseArgsConfig, parseArgs } from 'node:util'

import { cairnError } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { subCommandHelp } from '../../output/sub-command-help.ts'
import { STACK_HELP } from './stack-help.ts'
import { shownPath, StackSession } from './stack-session.ts'
import { standardOutput } from '../../output/standard-output.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>['values']

/** What a command on stacks is called with. */
export interface StackCall<O extends Options> {
  readonly session: StackSession
  readonly values: Values<O>
  /** As many as the command takes. */
  readonly names: readonly string[]
}

/** What a command found or did, for people and for programs. */
export interface StackAnswer {
  readonly text: string
  /** With `format` first. */
  readonly json: object
  /** @default 0 */
  readonly code?: number
}

/** How a command on stacks is declared. */
export interface StackCommandDeclaration<O extends Options> {
  /** As it is called: `stack rename`. */
  readonly name: string
  readonly options: O
  /** What it takes: `<name>` has to be there, `[name]` may be, `<port>...` may be repeated. */
  readonly takes: readonly string[]
  /** The help of the group that it belongs to. @default that of `cairn stack` */
  readonly help?: string
  readonly run: (call: StackCall<O>) => Promise<StackAnswer>
}

const EVERYWHERE = {
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const UNWRITABLE: ReadonlySet<string> = new Set(
  'EACCES EPERM EROFS ENOSPC EDQUOT EFBIG EIO ENOTDIR EEXIST EISDIR ENAMETOOLONG EBUSY ETXTBSY ENOTEMPTY'.split(' '),
)

/** Makes a command on stacks, which answers as text or as JSON. */
export function stackCommand<const O extends Options>(declaration: StackCommandDeclaration<O>): Command {
  const { name, options, takes, run, help = STACK_HELP } = declaration
  return async (argv, environment) => {
    const { values, positionals } = parseFlags(argv, { ...EVERYWHERE, ...options })
    // Sound: these three are declared above, whatever the command adds.
    const common = values as { readonly json?: boolean; readonly help?: boolean }
    if (common.help === true) {
      const known = Object.keys({ ...EVERYWHERE, ...options })
      standardOutput().write(subCommandHelp(help, { call: [name, ...takes].join(' '), options: known }))
      return 0
    }
    checkPositionals(declaration, positionals)
    const session = await StackSession.open(environment)
    // Sound: the values hold those of the command's own options.
    const call = { session, values: values as Values<O>, names: positionals }
    const answer = await run(call).catch((error: unknown) => {
      throw writeFault(error, positionals[0] ?? '*') ?? error
    })
    standardOutput().write(common.json === true ? `${JSON.stringify(answer.json)}\n` : answer.text)
    return answer.code ?? 0
  }
}

/** What to say where a file cannot be written; its name is often that of a temporary one. */
function writeFault(error: unknown, stack: string): Error | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined
  const { code } = error
  if (typeof code !== 'string' || !UNWRITABLE.has(code)) return undefined
  // Where there is no more room, Node does not say for which file.
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined
  const where = path === undefined ? 'its file or the local state' : shownPath(nodePath.dirname(path))
  const problem = `nothing can be written in ${where} (${code})`
  return cairnError('CAIRN_STACK_FILE', { stack, problem }, { cause: error })
}

function checkPositionals(
  { name, takes }: Pick<StackCommandDeclaration<Options>, 'name' | 'takes'>,
  given: readonly string[],
): void {
  const required = takes.filter((one) => one.startsWith('<'))
  const missing = required[given.length]
  if (missing !== undefined) throw usageError(`\`cairn ${name}\` needs ${missing}.`)
  const extra = takes.at(-1)?.endsWith('...') === true ? undefined : given[takes.length]
  if (extra !== undefined)
    throw usageError(`\`cairn ${name}\` takes ${takes.join(' ') || 'no name'}; "${extra}" is too much.`)
}
