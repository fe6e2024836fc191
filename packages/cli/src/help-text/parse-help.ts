/** What a help text of the command says, in its parts. */
export interface HelpText {
  /** The first paragraph: what the command does. */
  readonly summary: string
  /** The ways to call it. */
  readonly usage: readonly string[]
  /** Commands below this one, and what each does. */
  readonly commands: readonly HelpRow[]
  readonly options: readonly HelpRow[]
  readonly examples: readonly string[]
  /** All other paragraphs, in their order, as Markdown. */
  readonly notes: readonly string[]
}

/** One row of a list: what is written, and what it means. */
export interface HelpRow {
  readonly term: string
  readonly meaning: string
}

/**
 * Takes a help text apart.
 *
 * @throws Error if it has a list that is not in two columns
 */
export function parseHelp(text: string): HelpText {
  const [summary = '', ...blocks] = text.trim().split(/\n{2,}/)
  const list = (name: string): readonly string[] => {
    const start = new RegExp(`^${name}s?:\\s*`)
    const block = blocks.find((each) => start.test(each))
    return block === undefined
      ? []
      : block
          .replace(start, '')
          .split('\n')
          .map((line) => line.trimEnd())
  }
  return {
    summary: joined(summary),
    usage: list('Usage').map((line) => line.trim()),
    commands: rows(list('Command')),
    options: rows(list('Option')),
    examples: list('Example').map((line) => line.trim()),
    notes: blocks.filter((block) => !/^(?:Usage|Commands?|Options?|Examples?):/.test(block)).map(note),
  }
}

function rows(lines: readonly string[]): readonly HelpRow[] {
  const found: HelpRow[] = []
  for (const line of lines) {
    const [, term, meaning = ''] = /^(?: {2})?(\S.*?)(?: {2,}(.+))?$/.exec(line) ?? []
    const last = found.at(-1)
    if (term !== undefined) found.push({ term, meaning })
    // What is indented further goes on with the meaning above.
    else if (last !== undefined) found[found.length - 1] = { ...last, meaning: `${last.meaning} ${line.trim()}`.trim() }
  }
  const odd = found.find(({ meaning }) => meaning === '')
  if (odd !== undefined) throw new Error(`This line of a help text has no two columns: ${odd.term}`)
  return found
}

/** A list with a heading of its own stays as it is; the lines of other paragraphs become one. */
function note(block: string): string {
  return /^[A-Z][^.]*:\n {2}/.test(block) ? `\`\`\`text\n${block}\n\`\`\`` : joined(block)
}

function joined(paragraph: string): string {
  return paragraph
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}
