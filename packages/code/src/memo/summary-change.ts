import type { ModuleSummary } from '../summary/module-summary.ts'

/** How a summary has changed whose shape is the same: only hashes of tokens and positions are other ones. */
export interface SummaryChange {
  readonly before: ModuleSummary
  readonly after: ModuleSummary
  /** Lines of whatever has one, before and after; `undefined` for a line whose contents lie on several lines by now. */
  readonly lines: ReadonlyMap<number, number | undefined>
  /** Whether any line is another one. */
  readonly movesLines: boolean
}

/** Numbers, or pairs or lists of them, that say where something is. */
const OFFSETS = new Set(['range', 'statement', 'chain', 'at'])
const LINES = new Set(['line', 'referenceLines', 'memberLines', 'mentionsRun', 'wholeAt'])
/** What a text is: its hash says all that is not in the shape. */
const HASHES = new Set(['hash', 'dataHash'])
const HASH = /^[\da-f]{32,64}$/
/** What only matters for cutting a module down, which is done from its text. */
const UNUSED = new Set(['typeStatements'])

/**
 * Compares two summaries of a file. If all that the walk follows is the same, every closure keeps its structure, and
 * only its tokens and lines have to be found again; otherwise the answer is `undefined`. What is not known to be a hash
 * or a position counts as shape.
 */
export function summaryChange(before: ModuleSummary, after: ModuleSummary): SummaryChange | undefined {
  const comparison = new Comparison()
  if (!comparison.isSame(asStored(before), asStored(after), '')) return undefined
  const { lines } = comparison
  return { before, after, lines, movesLines: Array.from(lines).some(([from, to]) => from !== to) }
}

/** As it comes back from the disk: properties that are `undefined` are not there. */
function asStored(summary: ModuleSummary): unknown {
  return JSON.parse(JSON.stringify(summary))
}

class Comparison {
  /** Files as a whole are said to be at line 0. */
  readonly lines: Map<number, number | undefined> = new Map([[0, 0]])

  isSame(a: unknown, b: unknown, key: string): boolean {
    if (UNUSED.has(key) && Array.isArray(a) && Array.isArray(b)) return true
    if (typeof a === 'number' && typeof b === 'number') return this.#isSameNumber(a, b, key)
    if (typeof a === 'string' && typeof b === 'string') {
      return a === b || (HASHES.has(key) && HASH.test(a) && HASH.test(b))
    }
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
    if (Array.isArray(a) !== Array.isArray(b)) return false
    return Array.isArray(a) ? this.#areSameItems(a, Object.values(b), key) : this.#haveSameEntries(a, b)
  }

  #isSameNumber(a: number, b: number, key: string): boolean {
    if (!LINES.has(key)) return OFFSETS.has(key) || a === b
    const known = this.lines.has(a) ? this.lines.get(a) : b
    this.lines.set(a, known === b ? b : undefined)
    return true
  }

  #areSameItems(a: readonly unknown[], b: readonly unknown[], key: string): boolean {
    return a.length === b.length && a.every((item, index) => this.isSame(item, b[index], key))
  }

  /** The order of names counts: namespaces are gone through in it. */
  #haveSameEntries(a: object, b: object): boolean {
    const others = Object.entries(b)
    const entries = Object.entries(a)
    return (
      entries.length === others.length &&
      entries.every(([key, value], index) => key === others[index]?.[0] && this.isSame(value, others[index]?.[1], key))
    )
  }
}
