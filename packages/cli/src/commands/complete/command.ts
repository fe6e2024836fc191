import type { Command } from '../../command.ts'
import { bashLine, bashQuoted } from './bash-line.ts'
import { completions } from './completions.ts'
import { standardOutput } from '../../output/standard-output.ts'

/**
 * `cairn complete`: what the scripts of `cairn completion` call. `-- <words>` prints a line for each way to complete the
 * last word, with what it is after a tab; `--bash <line> <breaks>` prints them as bash takes them, after a line that says
 * whether a blank follows. It never fails: where nothing is found, nothing is printed.
 */
export const completeCommand: Command = async ([form, ...rest], environment) => {
  try {
    if (form === '--bash') standardOutput().write(await forBash(rest, environment))
    else if (form === '--') standardOutput().write(await lines(rest, environment))
  } catch {
    // A shell that completes has no place for messages.
  }
  return 0
}

async function lines(words: readonly string[], environment: Parameters<Command>[1]): Promise<string> {
  const found = await completions(words, environment)
  return found.map(({ value, text }) => `${value}${text ? `\t${text}` : ''}\n`).join('')
}

async function forBash(
  [line = '', breaks = '']: readonly string[],
  environment: Parameters<Command>[1],
): Promise<string> {
  const { words, quote, kept } = bashLine(line, breaks)
  const found = await completions(words.slice(1), environment)
  const [first, ...others] = found
  if (first === undefined) return ''
  const follows = others.length === 0 && first.isPart === true ? 'more' : 'blank'
  const replies = found.flatMap(({ value }) =>
    value.startsWith(kept) ? [bashQuoted(value.slice(kept.length), quote)] : [],
  )
  return [follows, ...replies].map((text) => `${text}\n`).join('')
}
