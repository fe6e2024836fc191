import { parseHelp, type HelpRow } from './parse-help.ts'

/** A command as its help describes it. */
export interface HelpShape {
  /** Its own commands, with what they do. */
  readonly commands: readonly HelpCommand[]
  readonly options: readonly HelpOption[]
  /** What it takes besides options, a list for each form of the call: `[['file', 'pipeline'], ['pipeline']]`. */
  readonly arguments: readonly (readonly string[])[]
  /** Whether the last argument may be given again and again. */
  readonly isOpen: boolean
}

/** A command of a command. */
export interface HelpCommand {
  readonly name: string
  readonly text: string
}

/** An option of a command. */
export interface HelpOption {
  /** `--param`. */
  readonly name: string
  /** `-p`. */
  readonly short: string | undefined
  /** What stands for its value, in capitals: `NAME=VALUE`, `RUN`. Absent where it takes none. */
  readonly value: string | undefined
  readonly text: string
  readonly isRepeatable: boolean
}

const OPTION = /^(?:(-\w), )?(--[\w-]+)(?: ([A-Z][A-Z.=]*))?$/
const COMMAND = /^([a-z][\w-]*(?: \| [a-z][\w-]*)*)(?: [<[].*)?$/

/**
 * Reads the help of a command. What completion offers is what the help lists, and tests hold the help to the options
 * that are read: a new command is completed because it has one.
 */
export function helpShape(text: string, path: readonly string[]): HelpShape {
  const help = parseHelp(text)
  const usages = help.usage.flatMap((form) => usageOf(form, path) ?? [])
  const named = usages.flatMap(({ names }) => names.map((name) => ({ name, text: '' })))
  const known = new Map([...named, ...help.commands.flatMap(commands)].map((command) => [command.name, command]))
  return {
    commands: [...known.values()],
    options: help.options.flatMap((row) => option(row) ?? []),
    arguments: usages.filter(({ names }) => names.length === 0).map(({ args }) => args),
    isOpen: usages.some(({ isOpen }) => isOpen),
  }
}

function option({ term, meaning: text }: HelpRow): HelpOption | undefined {
  const [, short, name, value] = OPTION.exec(term) ?? []
  if (name === undefined) return undefined
  return { name, short, value, text, isRepeatable: text.includes('(repeatable)') }
}

function commands({ term, meaning: text }: HelpRow): readonly HelpCommand[] {
  const [, names] = COMMAND.exec(term) ?? []
  return names === undefined ? [] : names.split(' | ').map((name) => ({ name, text }))
}

interface Usage {
  /** Commands of the command, where the form names some: `cairn run list | show`. */
  readonly names: readonly string[]
  readonly args: readonly string[]
  readonly isOpen: boolean
}

function usageOf(form: string, path: readonly string[]): Usage | undefined {
  const start = ['cairn', ...path].join(' ')
  if (!`${form} `.startsWith(`${start} `)) return undefined
  const rest = form.slice(start.length).trim().split(/ {2,}/)[0] ?? ''
  const names = /^[a-z][\w-]*(?: \| [a-z][\w-]*)*(?= |$)/.exec(rest)?.[0].split(' | ') ?? []
  const args = [...rest.matchAll(/[<[](\w+)[\]>]/g)].flatMap(([, name = '']) => (name === 'options' ? [] : [name]))
  return { names, args, isOpen: rest.includes('...') }
}
