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

const OPTION = /^ {2}(?:(-\w), )?(--[\w-]+)(?: ([A-Z][A-Z.=]*))?(?: {2,}(.*))?$/
const COMMAND = /^ {2}([a-z][\w-]*(?: \| [a-z][\w-]*)*)(?: [<[].*?)?(?: {2,}(.*))?$/

/**
 * Reads the help of a command. What completion offers is what the help lists, and tests hold the help to the options
 * that are read: a new command is completed because it has one.
 */
export function helpShape(help: string, path: readonly string[]): HelpShape {
  const usages = usagesOf(help, path)
  const options = part(help, 'Options').flatMap((line) => option(line) ?? [])
  const listed = part(help, 'Commands').flatMap((line) => commands(line))
  const named = usages.flatMap(({ names }) => names.map((name) => ({ name, text: '' })))
  const known = new Map([...named, ...listed].map((command) => [command.name, command]))
  return {
    commands: [...known.values()],
    options,
    arguments: usages.filter(({ names }) => names.length === 0).map(({ args }) => args),
    isOpen: usages.some(({ isOpen }) => isOpen),
  }
}

/** The lines of a part, up to the next empty one. */
function part(help: string, title: string): readonly string[] {
  const lines = help.split('\n')
  const start = lines.indexOf(`${title}:`)
  if (start === -1) return []
  const rest = lines.slice(start + 1)
  const end = rest.indexOf('')
  return end === -1 ? rest : rest.slice(0, end)
}

function option(line: string): HelpOption | undefined {
  const [, short, name, value, text = ''] = OPTION.exec(line) ?? []
  if (name === undefined) return undefined
  return { name, short, value, text, isRepeatable: text.includes('(repeatable)') }
}

function commands(line: string): readonly HelpCommand[] {
  const [, names, text = ''] = COMMAND.exec(line) ?? []
  return names === undefined ? [] : names.split(' | ').map((name) => ({ name, text }))
}

interface Usage {
  /** Commands of the command, where the form names some: `cairn run list | show`. */
  readonly names: readonly string[]
  readonly args: readonly string[]
  readonly isOpen: boolean
}

function usagesOf(help: string, path: readonly string[]): readonly Usage[] {
  const start = ['cairn', ...path].join(' ')
  return help.split('\n').flatMap((line) => {
    const form = /^(?:Usage:| {6}) (cairn .*)$/.exec(line)?.[1]
    if (form === undefined || !`${form} `.startsWith(`${start} `)) return []
    const rest = form.slice(start.length).trim().split(/ {2,}/)[0] ?? ''
    const names = /^[a-z][\w-]*(?: \| [a-z][\w-]*)*(?= |$)/.exec(rest)?.[0].split(' | ') ?? []
    const args = [...rest.matchAll(/[<[](\w+)[\]>]/g)].flatMap(([, name = '']) => (name === 'options' ? [] : [name]))
    return [{ names, args, isOpen: rest.includes('...') }]
  })
}
