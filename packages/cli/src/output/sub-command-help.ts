/** One command of a group that is described by the help of the whole group. */
export interface SubCommand {
  /** How it is called, with what it takes: `stack rename <name> <new>`. */
  readonly call: string
  /** Names of the options that it has. */
  readonly options: readonly string[]
}

/** Of the help of a group of commands what is about one of them: what it does, how it is called, its options. */
export function subCommandHelp(group: string, { call, options }: SubCommand): string {
  const [about = '', ...blocks] = group.trimEnd().split('\n\n')
  const [, name = ''] = call.split(' ')
  const meaning = rowsOf(blocks, 'Commands').find((row) => row.trim().split(' ')[0] === name)
  const [, summary = about] = /^ +\S.*?(?: {2,}|\n +)(\S[^]*)$/.exec(meaning ?? '') ?? []
  const own = rowsOf(blocks, 'Options').filter((row) => {
    const [, option = ''] = /--([a-z-]+)/.exec(row) ?? []
    return options.includes(option)
  })
  return `${summary.trim()}.\n\nUsage: cairn ${call.trim()} [options]\n\nOptions:\n${own.join('\n')}\n`
}

/** The rows of a list; what is indented further belongs to the row above. */
function rowsOf(blocks: readonly string[], title: string): readonly string[] {
  const block = blocks.find((one) => one.startsWith(`${title}:\n`)) ?? ''
  return block.slice(title.length + 2).split(/\n(?= {2}\S)/)
}
