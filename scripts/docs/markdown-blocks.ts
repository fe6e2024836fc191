/** A fenced code block of a Markdown document. */
export interface MarkdownBlock {
  /** Line of its first line of code, from 1. */
  readonly line: number
  readonly language: string
  /** What follows the language in the opening fence. */
  readonly words: readonly string[]
  readonly code: string
  /** Code of an HTML comment `<!-- snippet ... -->` right before the block. */
  readonly prelude: string
  /** Whether a heading stands between this block and the one before. */
  readonly startsSection: boolean
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/

/** The fenced blocks of a document, in order. */
export function markdownBlocks(text: string): readonly MarkdownBlock[] {
  const lines = text.split(/\r?\n/)
  const blocks: MarkdownBlock[] = []
  let between: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', fence, info = ''] = FENCE.exec(lines[at] ?? '') ?? []
    if (fence === undefined) {
      between.push(lines[at] ?? '')
      continue
    }
    const end = endOfBlock(lines, at + 1, fence)
    const code = lines.slice(at + 1, end).map((line) => line.replace(new RegExp(`^[ \\t]{0,${indent.length}}`), ''))
    const [language = '', ...words] = info.trim().split(/\s+/)
    const startsSection = between.some((line) => /^#{1,6} /.test(line))
    blocks.push({ line: at + 2, language, words, code: code.join('\n'), prelude: preludeIn(between), startsSection })
    between = []
    at = end
  }
  return blocks
}

function endOfBlock(lines: readonly string[], from: number, fence: string): number {
  const closing = lines.findIndex((line, at) => at >= from && line.trim().startsWith(fence) && !/[^`~\s]/.test(line))
  return closing < 0 ? lines.length : closing
}

function preludeIn(between: readonly string[]): string {
  const match = /<!--\s*snippet\b([^]*?)-->\s*$/.exec(between.join('\n'))
  return match?.[1]?.trim() ?? ''
}
