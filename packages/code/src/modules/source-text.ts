/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/**
 * Whether an offset is surely in a comment: its line starts with `//`, or with `*` or `/*` inside of an open block
 * comment. A comment behind code on the same line is not recognised, because a string could look like one.
 */
export function isInComment(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const head = text.slice(lineStart, offset).trimStart()
  if (head.startsWith('//')) return true
  if (!head.startsWith('*') && !head.startsWith('/*')) return false
  return text.lastIndexOf('/*', offset) > text.lastIndexOf('*/', offset - 1)
}
