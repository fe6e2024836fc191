const CODE =
  /(`[^`]*`|\{\{\w+\}\}|(?<=The same as )--[\w-]+ \w+|--[a-z][\w-]*(?:=\S*\w| [a-z]+\.[a-z.]+=\w+)?|[\w.]*<[\w-]+>(?:@\w+)?|\bCAIRN_\w+|cairn\.[\w-]+\/\d+)/

/** Plain text as Markdown: options and placeholders as code, so that no tag is left. What is code already stays so. */
export function withCode(text: string): string {
  return text
    .split(CODE)
    .map((part, at) => (at % 2 === 0 ? part.replaceAll('*', '\\*') : `\`${part.replaceAll('`', '')}\``))
    .join('')
}

/** A table; nothing where it has no rows. A bar would end a cell, also in code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
