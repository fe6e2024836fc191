import type { KeyChange } from '@cairnml/core/explain'

/**
 * How much it takes to accept an earlier result although something differs: nothing for `code`, which a harmless edit
 * changes; force for `content`, what the result was made from; `form` rules it out, for what is declared could not be
 * read from it.
 */
export type ChangeWeight = 'code' | 'content' | 'form'

/** What it takes to accept a result although this differs. */
export function weightOf({ kind, label }: KeyChange): ChangeWeight {
  if (kind === 'policy' || label.startsWith('output:')) return 'form'
  return kind === 'code' || kind === 'port' || kind === 'captured' || kind === 'package' ? 'code' : 'content'
}
