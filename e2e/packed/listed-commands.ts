/** A command that is listed, with its long options. */
export interface ListedCommand {
  /** Its words behind `cairn`: `run list`. */
  readonly name: string
  readonly options: readonly string[]
}

/** Prints the help of a command that is given by its words. */
export type Help = (words: readonly string[]) => Promise<string>

/** Every command that `cairn --help`, and the help of its groups, list. */
export async function listedCommands(help: Help): Promise<readonly ListedCommand[]> {
  const found: ListedCommand[] = []
  for (const name of names(await help([]))) {
    const own = await help([name])
    const inner = own.includes('\nCommands:\n') ? names(own) : alternatives(await help([]), name)
    if (!own.includes('\nCommands:\n')) found.push({ name, options: longOptions(own) })
    for (const sub of inner) {
      found.push({ name: `${name} ${sub}`, options: longOptions(await help([name, sub])) })
    }
  }
  return found
}

/** The first words of the rows below `Commands:`. */
function names(help: string): readonly string[] {
  const [, rows = ''] = /\nCommands:\n([^]*?)\n\n/.exec(help) ?? []
  return [...new Set(Array.from(rows.matchAll(/^ {2}(\S+)/gm), ([, name = '']) => name))]
}

/** Of a row such as `run list | show`, the commands behind the first word. */
function alternatives(help: string, name: string): readonly string[] {
  const row = new RegExp(String.raw`^ {2}${name} (\w+(?: \| \w+)+)$`, 'm').exec(help)
  return row?.[1]?.split(' | ') ?? []
}

function longOptions(help: string): readonly string[] {
  return Array.from(help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm), ([, option = '']) => option)
}
