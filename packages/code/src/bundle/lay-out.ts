import type { Span } from '../summary/module-summary.ts'

/** A piece of a text that stays where it is, with what is written around it. */
export interface KeptPiece {
  readonly range: Span
  /** What stands there afterwards; as many lines as the range. */
  readonly text: string
  /** Tokens that follow it. */
  readonly after?: readonly string[] | undefined
  /** Tokens that come before it. */
  readonly before?: readonly string[] | undefined
}

const VISIBLE = /[^\n\r\u2028\u2029]/g
const ROW = /[^\n\r\u2028\u2029]+/g

/**
 * A part of a text in which only some pieces are left: everything else becomes spaces, so that lines and columns of the
 * pieces stay. Tokens go into that space as long as there is room.
 *
 * @param pieces in order, not overlapping
 */
export function layOut(text: string, [start, end]: Span, pieces: readonly KeptPiece[]): string {
  let out = ''
  let at = start
  let after: readonly string[] = []
  for (const piece of pieces) {
    out += fillGap(text.slice(at, piece.range[0]), after, piece.before ?? []) + piece.text
    at = piece.range[1]
    after = piece.after ?? []
  }
  return out + fillGap(text.slice(at, end), after, [])
}

/** Text of the same lines and columns that holds nothing. */
export function blanked(text: string): string {
  return text.replace(VISIBLE, ' ')
}

/** An expression in place of another, on the same line, with as many lines behind it. */
export function replaced(text: string, expression: string): string {
  const row = text.search(/[\n\r\u2028\u2029]|$/)
  return expression + blanked(text.slice(Math.min(row, expression.length)))
}

/** Puts tokens into a gap: those that have no room move what stands beside them. */
function fillGap(gap: string, after: readonly string[], before: readonly string[]): string {
  const tokens = [...after, ...before]
  if (tokens.length === 0) return blanked(gap)
  const { text, placed } = filledRows(gap, tokens)
  // Tokens that belong to the piece before must not move the one after, which may be on another line.
  if (placed < after.length) return after.join('') + fillGap(gap, [], before)
  return text + tokens.slice(placed).join('')
}

function filledRows(gap: string, tokens: readonly string[]): { readonly text: string; readonly placed: number } {
  let placed = 0
  const text = gap.replace(ROW, (row) => {
    let filled = ''
    for (let token = tokens[placed]; token !== undefined; token = tokens[placed]) {
      if (filled.length + token.length > row.length) break
      filled += token
      placed += 1
    }
    return filled.padEnd(row.length)
  })
  return { text, placed }
}
