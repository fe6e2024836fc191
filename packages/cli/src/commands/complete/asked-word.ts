import type { CommandEnvironment } from '../../command.ts'
import { commandHelp } from './command-help.ts'
import type { HelpOption, HelpShape } from '../../help-text/help-shape.ts'

/** The word that is to be completed. */
export interface AskedWord {
  /** Words of the command: `['run', 'show']`. */
  readonly path: readonly string[]
  readonly help: HelpShape
  /** What stands before it besides options and commands. */
  readonly given: readonly string[]
  /** The part of it that is completed: without the `--option=` before a value. */
  readonly prefix: string
  /** What is kept before a completion: `--option=`, or nothing. */
  readonly before: string
  /** The option whose value it is. */
  readonly valueOf: HelpOption | undefined
  /** Whether it begins an option. */
  readonly isOption: boolean
  /** Options that are there already, with their values; the last one of an option counts. */
  readonly used: ReadonlyMap<string, string | undefined>
}

/**
 * Says what the last of some words is.
 *
 * @param words what follows `cairn`; the last one is being typed, and may be empty
 */
export async function askedWord(
  words: readonly string[],
  environment: CommandEnvironment,
): Promise<AskedWord | undefined> {
  const { path, help } = (await commandOf(words.slice(0, -1), environment)) ?? {}
  if (path === undefined || help === undefined) return undefined
  const last = words.at(-1) ?? ''
  const state = walked(words.slice(path.length, -1), help)
  const { given, used } = state
  const base = { path, help, given, used, before: '', prefix: last, isOption: false }
  if (state.pending !== undefined) return { ...base, valueOf: state.pending }
  if (state.isClosed || !last.startsWith('-')) return { ...base, valueOf: undefined }
  const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(last) ?? []
  const valueOf = name === undefined ? undefined : optionOf(name, help)
  if (valueOf === undefined) return { ...base, valueOf, isOption: true }
  return { ...base, valueOf, prefix: value ?? '', before: `${name}=` }
}

async function commandOf(
  words: readonly string[],
  environment: CommandEnvironment,
): Promise<{ readonly path: readonly string[]; readonly help: HelpShape } | undefined> {
  const path: string[] = []
  let help = await commandHelp(path, environment)
  for (const word of words) {
    if (help?.commands.some(({ name }) => name === word) !== true) break
    path.push(word)
    help = await commandHelp(path, environment)
  }
  return help === undefined ? undefined : { path, help }
}

interface Walked {
  readonly given: readonly string[]
  readonly used: AskedWord['used']
  /** An option that waits for its value. */
  readonly pending: HelpOption | undefined
  /** Whether `--` has ended the options. */
  readonly isClosed: boolean
}

function walked(words: readonly string[], help: HelpShape): Walked {
  const given: string[] = []
  const used = new Map<string, string | undefined>()
  let pending: HelpOption | undefined
  let isClosed = false
  for (const word of words) {
    if (pending !== undefined) {
      used.set(pending.name, word)
      pending = undefined
    } else if (isClosed || !word.startsWith('-') || word === '-') given.push(word)
    else if (word === '--') isClosed = true
    else {
      const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? []
      const option = optionOf(name, help)
      if (option !== undefined) used.set(option.name, value)
      if (option?.value !== undefined && value === undefined) pending = option
    }
  }
  return { given, used, pending, isClosed }
}

function optionOf(word: string, help: HelpShape): HelpOption | undefined {
  return help.options.find(({ name, short }) => name === word || short === word)
}
