import type { Span } from '../summary/module-summary.ts'

/** A part of a text that becomes another. */
export interface TextEdit {
  readonly range: Span
  readonly text: string
}

/**
 * A part of a text with the edits that lie in it. Edits inside of the range of another one are ignored.
 */
export function editedText(text: string, [start, end]: Span, edits: readonly TextEdit[]): string {
  const inside = edits.filter(({ range }) => range[0] >= start && range[1] <= end)
  const inOrder = inside.toSorted((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1])
  let out = ''
  let at = start
  for (const edit of inOrder) {
    if (edit.range[0] < at) continue
    out += text.slice(at, edit.range[0]) + edit.text
    at = edit.range[1]
  }
  return out + text.slice(at, end)
}
