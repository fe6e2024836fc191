import { parseHelp, type HelpText } from '@cairnml/cli'

import { table, withCode } from './markdown-text.ts'

/** Gives the help text of a command, as `cairn <words> --help` prints it. */
export type ReadHelp = (words: readonly string[]) => Promise<string>

interface CommandHelp {
  /** After `cairn`. */
  readonly words: readonly string[]
  readonly help: HelpText
}

/** The page of all commands, from their help texts; a command that has none of its own is only in the list. */
export async function commandPage(readHelp: ReadHelp): Promise<string> {
  const text = await readHelp([])
  const root = parseHelp(text)
  const commands = await commandsBelow({ words: [], help: root }, text, readHelp)
  const list = root.commands.map(({ term, meaning }) => [`\`cairn ${term}\``, withCode(meaning)])
  const parts = [
    '# Commands',
    'What `cairn --help` and the help of each command say; this page is made of them (`pnpm api:update`). How the commands are used: [reference](reference.md#cairn), [configuration](configuration.md).',
    table(['Command', 'What it does'], list),
    table(['Option', 'Meaning'], optionRows(root)),
    ...root.notes.map(noteText),
    ...commands.flatMap(commandParts),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

async function commandsBelow(
  parent: CommandHelp,
  rootText: string,
  readHelp: ReadHelp,
): Promise<readonly CommandHelp[]> {
  const found: CommandHelp[] = []
  for (const own of parent.help.commands.flatMap(({ term }) => commandWords(term))) {
    const words = [...parent.words, ...own]
    const text = await readHelp(words)
    if (text === rootText) continue
    const command = { words, help: parseHelp(text) }
    found.push(command, ...(await commandsBelow(command, rootText, readHelp)))
  }
  return found
}

/** `run list | show` is two commands; what stands in brackets is no word of a command. */
export function commandWords(term: string): readonly (readonly string[])[] {
  const [first = '', ...others] = term.replace(/ *[<[].*$/, '').split(' | ')
  const words = first.split(' ')
  return [words, ...others.map((other) => [...words.slice(0, -1), other])]
}

function commandParts({ words, help }: CommandHelp): readonly string[] {
  return [
    `## cairn ${words.join(' ')}`,
    withCode(help.summary),
    `\`\`\`text\n${help.usage.join('\n')}\n\`\`\``,
    ...help.notes.map(noteText),
    table(
      ['Command', 'What it does'],
      help.commands.map(({ term, meaning }) => [`\`${term}\``, withCode(meaning)]),
    ),
    table(['Option', 'Meaning'], optionRows(help)),
    help.examples.length === 0 ? '' : `\`\`\`sh\n${help.examples.join('\n')}\n\`\`\``,
  ]
}

function optionRows(help: HelpText): readonly (readonly string[])[] {
  return help.options.map(({ term, meaning }) => [`\`${term}\``, withCode(meaning)])
}

function noteText(note: string): string {
  return note.startsWith('```') ? note : withCode(note)
}
