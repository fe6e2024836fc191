import { npyInvalid } from './npy-invalid.ts'

/** A parsed Python literal, with its place in the text. Nothing is evaluated: strings keep their escapes as written. */
export type PythonLiteral = PythonSpan &
  (
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'name'; readonly value: string }
    | { readonly kind: 'integer'; readonly value: number }
    | { readonly kind: 'tuple' | 'list'; readonly items: readonly PythonLiteral[] }
    | { readonly kind: 'dict'; readonly entries: readonly (readonly [key: PythonLiteral, value: PythonLiteral])[] }
  )

interface PythonSpan {
  /** Index of the first character in the parsed text. */
  readonly start: number
  /** Index after the last character. */
  readonly end: number
}

const MAX_DEPTH = 16
const NAMES: readonly string[] = ['True', 'False', 'None']

/**
 * Parses the subset of Python literals that `.npy` headers consist of: dicts, tuples, lists, strings without prefix,
 * decimal integers (also with the `L` that Python 2 appends) and True, False, None. White space may surround it.
 *
 * @param offset where the text starts in its file, added to the offsets of errors
 * @throws CAIRN_NPY_INVALID for anything else
 */
export function parsePythonLiteral(text: string, offset: number): PythonLiteral {
  return new PythonLiteralParser(text, offset).parse()
}

class PythonLiteralParser {
  readonly #text: string
  readonly #offset: number
  #position = 0
  #depth = 0

  constructor(text: string, offset: number) {
    this.#text = text
    this.#offset = offset
  }

  parse(): PythonLiteral {
    const literal = this.#value()
    if (this.#peek() !== '') throw this.#fail('the header continues after its dict')
    return literal
  }

  #value(): PythonLiteral {
    const first = this.#peek()
    const start = this.#position
    if (first === '{') return this.#dict(start)
    if (first === '(') return this.#tuple(start)
    if (first === '[') return this.#list(start)
    if (first === "'" || first === '"') return this.#string(first, start)
    if (first === '-' || isDigit(first)) return this.#integer(start)
    return this.#name(start)
  }

  #dict(start: number): PythonLiteral {
    const entries: [PythonLiteral, PythonLiteral][] = []
    this.#sequence('}', () => {
      const key = this.#value()
      if (this.#peek() !== ':') throw this.#fail('the header has a key without ":"')
      this.#position++
      entries.push([key, this.#value()])
    })
    return { kind: 'dict', entries, start, end: this.#position }
  }

  #tuple(start: number): PythonLiteral {
    const { items, endsWithComma } = this.#items(')')
    // Python reads "(3)" as the number 3.
    if (items.length === 1 && !endsWithComma) throw this.#fail('the header has a tuple of one without ","', start)
    return { kind: 'tuple', items, start, end: this.#position }
  }

  #list(start: number): PythonLiteral {
    const { items } = this.#items(']')
    return { kind: 'list', items, start, end: this.#position }
  }

  #items(close: string): { readonly items: readonly PythonLiteral[]; readonly endsWithComma: boolean } {
    const items: PythonLiteral[] = []
    const endsWithComma = this.#sequence(close, () => items.push(this.#value()))
    return { items, endsWithComma }
  }

  #sequence(close: string, readItem: () => void): boolean {
    if (++this.#depth > MAX_DEPTH) throw this.#fail('the header is nested too deeply')
    this.#position++
    let endsWithComma = false
    for (let isFirst = true; this.#peek() !== close; isFirst = false) {
      if (!isFirst && !endsWithComma) throw this.#fail(`the header lacks "," or "${close}"`)
      readItem()
      endsWithComma = this.#peek() === ','
      if (endsWithComma) this.#position++
    }
    this.#position++
    this.#depth--
    return endsWithComma
  }

  #string(quote: string, start: number): PythonLiteral {
    let end = start + 1
    while (this.#text[end] !== quote) {
      const character = this.#text[end]
      if (character === undefined || character === '\n') throw this.#fail('the header has an unclosed string', start)
      end += character === '\\' ? 2 : 1
    }
    this.#position = end + 1
    return { kind: 'string', value: this.#text.slice(start + 1, end), start, end: end + 1 }
  }

  #integer(start: number): PythonLiteral {
    let end = this.#text[start] === '-' ? start + 1 : start
    const firstDigit = end
    while (isDigit(this.#text[end])) end++
    const hasLeadingZero = this.#text[firstDigit] === '0' && end > firstDigit + 1
    if (end === firstDigit || hasLeadingZero) throw this.#fail('the header has a malformed number', start)
    const value = Number(this.#text.slice(start, end))
    if (this.#text[end] === 'L') end++
    this.#position = end
    return { kind: 'integer', value, start, end }
  }

  #name(start: number): PythonLiteral {
    const value = NAMES.find((name) => this.#text.startsWith(name, start))
    if (value === undefined) {
      throw this.#fail(start >= this.#text.length ? 'the header ends too early' : 'the header is not a Python literal')
    }
    this.#position = start + value.length
    return { kind: 'name', value, start, end: this.#position }
  }

  /** The next character that is not white space, `''` at the end; the position moves onto it. */
  #peek(): string {
    while (isSpace(this.#text[this.#position])) this.#position++
    return this.#text[this.#position] ?? ''
  }

  #fail(reason: string, at = this.#position): Error {
    return npyInvalid(reason, this.#offset + at)
  }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r'
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}
