import type { Span } from '../summary/module-summary.ts'

/** A piece of a text that was written once more, behind it. */
export interface MovedPiece {
  /** Where it begins in the new text. */
  readonly at: number
  /** Where it is in the old one. */
  readonly range: Span
}

/** A new text that has the lines and columns of an old one, and pieces of it once more. */
export interface MovedText {
  readonly file: string
  readonly code: string
  readonly text: string
  /** In order. */
  readonly moved: readonly MovedPiece[]
}

/** A source map for one text with pieces that were moved. */
export interface MovedMap {
  readonly version: 3
  readonly sources: readonly string[]
  readonly sourcesContent: readonly string[]
  readonly names: readonly string[]
  readonly mappings: string
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const WORD = /[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu

/** A map with a segment for each word. */
export function movedMap({ file, code, text, moved }: MovedText): MovedMap {
  const lastLine = text.split('\n').length
  const places = moved.map(({ at, range }) => ({ from: placeOf(code, at), to: placeOf(text, range[0]) }))
  const encoder = new MappingEncoder()
  code.split('\n').forEach((row, line) => {
    if (line > 0) encoder.nextLine()
    for (const { index } of row.matchAll(WORD)) {
      const place = places.findLast(({ from }) => from.line < line || (from.line === line && from.column <= index))
      if (place === undefined) {
        if (line < lastLine) encoder.segment(index, line, index)
      } else if (place.from.line === line) {
        encoder.segment(index, place.to.line, index - place.from.column + place.to.column)
      } else {
        encoder.segment(index, place.to.line + line - place.from.line, index)
      }
    }
  })
  return { version: 3, sources: [file], sourcesContent: [text], names: [], mappings: encoder.text }
}

/** Writes the `mappings` of a source map with one source. */
class MappingEncoder {
  text = ''
  #column = 0
  #line = 0
  #sourceColumn = 0
  #isFirst = true

  nextLine(): void {
    this.text += ';'
    this.#column = 0
    this.#isFirst = true
  }

  segment(column: number, line: number, sourceColumn: number): void {
    const steps = [column - this.#column, 0, line - this.#line, sourceColumn - this.#sourceColumn]
    this.text += `${this.#isFirst ? '' : ','}${steps.map(encoded).join('')}`
    this.#isFirst = false
    this.#column = column
    this.#line = line
    this.#sourceColumn = sourceColumn
  }
}

/** Base 64 with a bit for the sign and one for whether more follows. */
function encoded(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1
  let text = ''
  do {
    const digit = rest & 31
    rest >>>= 5
    text += DIGITS[rest > 0 ? digit | 32 : digit]
  } while (rest > 0)
  return text
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const line = before.split('\n').length - 1
  return { line, column: offset - (before.lastIndexOf('\n') + 1) }
}
