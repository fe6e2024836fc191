import { markdownBlocks, type MarkdownBlock } from './markdown-blocks.ts'

/** One thing to do with a document's blocks, in their order. */
export type SnippetStep = FileStep | RunStep

/** Code that is written to a file; TypeScript is also type-checked. */
export interface FileStep {
  readonly kind: 'file'
  readonly line: number
  /** Inside the project, with forward slashes. */
  readonly path: string
  readonly code: string
  /** Lines in front of the code that the document does not show. */
  readonly hiddenLines: number
}

/** A shell script that is run in the project. */
export interface RunStep {
  readonly kind: 'run'
  readonly line: number
  readonly script: string
  readonly exitCode: number
  /** What it has to print; undefined when the document does not say. */
  readonly expected: string | undefined
}

const FILE_NAME = /^[\w@][\w@./-]*\.\w+$/

/** Reads from a document what is to be done with its blocks; the conventions are in CONTRIBUTING.md. */
export function snippetSteps(markdown: string): readonly SnippetStep[] {
  const blocks = markdownBlocks(markdown)
  return blocks.flatMap((block, at): readonly SnippetStep[] => {
    if (block.words.includes('no-check')) return []
    if (block.language === 'sh' && block.words.includes('run')) return [runStep(block, blocks[at + 1])]
    const path = block.words.find((word) => FILE_NAME.test(word) && !word.includes('..'))
    if (path !== undefined) return [fileStep(block, path)]
    return block.language === 'ts' ? [fileStep(block, `snippet-at-line-${block.line}.ts`)] : []
  })
}

function runStep(block: MarkdownBlock, next: MarkdownBlock | undefined): RunStep {
  const exit = block.words.find((word) => word.startsWith('exit='))
  const hasOutput = next?.language === 'text' && !next.startsSection && !next.words.includes('no-check')
  return {
    kind: 'run',
    line: block.line,
    script: block.code,
    exitCode: Number(exit?.slice('exit='.length) ?? 0),
    expected: hasOutput ? next.code : undefined,
  }
}

function fileStep(block: MarkdownBlock, path: string): FileStep {
  const { line, prelude } = block
  const code = prelude === '' ? block.code : `${prelude}\n${block.code}`
  return { kind: 'file', line, path, code: `${code}\n`, hiddenLines: prelude === '' ? 0 : prelude.split('\n').length }
}
