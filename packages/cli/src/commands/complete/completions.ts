import type { CommandEnvironment } from '../../command.ts'
import { argumentSources, optionSources } from './sources-data.ts'
import { askedWord, type AskedWord } from './asked-word.ts'
import { isPrintable, type Completion } from './completion.ts'

/** More than anybody reads. */
const MOST = 200

/**
 * The ways to complete the last of some words. It changes nothing and never fails: what cannot be found out is left out.
 *
 * @param words what follows `cairn`; the last one is being typed, and may be empty
 */
export async function completions(
  words: readonly string[],
  environment: CommandEnvironment,
): Promise<readonly Completion[]> {
  const asked = await askedWord(words, environment).catch(() => undefined)
  if (asked === undefined) return []
  const found = asked.isOption ? options(asked) : await named(asked, environment)
  const { prefix, before } = asked
  const fitting = found.filter((one) => one.value.startsWith(prefix) && isPrintable(one))
  const unique = new Map(fitting.toReversed().map((one) => [one.value, one])).values()
  return [...unique]
    .toReversed()
    .slice(0, MOST)
    .map((one) => (before === '' ? one : { ...one, value: `${before}${one.value}` }))
}

function options({ help, used }: AskedWord): readonly Completion[] {
  return help.options
    .filter(({ name, isRepeatable }) => isRepeatable || !used.has(name))
    .map(({ name, text }) => ({ value: name, text }))
}

async function named(asked: AskedWord, environment: CommandEnvironment): Promise<readonly Completion[]> {
  const { help, valueOf, given } = asked
  const sources = valueOf === undefined ? argumentSources(help, given.length) : optionSources(valueOf)
  const isCommand = valueOf === undefined && given.length === 0
  const found: Completion[] = isCommand ? help.commands.map(({ name, text }) => ({ value: name, text })) : []
  for (const source of sources) found.push(...(await source(asked, environment).catch(() => [])))
  return found
}
