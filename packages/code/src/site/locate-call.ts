/** A call found in the text of a file. Offsets count UTF-16 code units from the start of the text. */
export interface LocatedCall {
  /** The name that is called: `step` in `cairn.step<number>(`; empty where the callee ends in no name: `make()(`. */
  readonly callee: string
  /** How often that name stands in the text before this call, which tells calls apart whatever the formatting. */
  readonly ordinal: number
  /** Start of the whole callee, `cairn` in `cairn.step(`. */
  readonly start: number
  /** Start of the called name, or where there is none the opening parenthesis of the arguments. */
  readonly nameStart: number
  /** The opening parenthesis of the arguments. */
  readonly open: number
}

const NAME_TEXT = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`
const NAME = /(?<![\p{ID_Continue}$#\u200c\u200d])[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const MEMBER = /\??\.(?=[\s/]*[\p{ID_Start}$_])/uy
const BLANK = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y
const OBJECTS_BEFORE = /(?:[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\??\.\s*)+$/u
/** A name inside of the parentheses that end a callee: `(step as Any)`, `(0, cairn.step)`, `(<Any>step)`. */
const WRAPPED_NAME = new RegExp(
  String.raw`^\(\s*(?:0\s*,\s*|<[^<>]*>\s*)?((?:${NAME_TEXT}\s*\??\.\s*)*)(${NAME_TEXT})\s*(?:[!)]|as\s|satisfies\s)`,
  'u',
)
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g
/** What can stand before the arguments where no plain name does: the end of an expression or of a comment. */
const ENDS_CALLEE = /(?:[)\]}`>]|\?\.|\*\/|#[\p{ID_Start}$_][\p{ID_Continue}$]*)$/u
const LONGEST_TYPE_ARGUMENTS = 4000
const LONGEST_OBJECT_CHAIN = 300

/**
 * Finds the call whose callee stands exactly at a position that V8 gave: at the called name (`step` in `cairn.step(`)
 * or at the start of the chain; at the opening parenthesis of the arguments where the callee is no plain name
 * (`(step as Any)(`, `steps['a'](`). `undefined` if there is no call at that very place, so a text that is not what ran
 * is noticed.
 *
 * @param line counts from 1
 * @param column counts from 1, in UTF-16 code units
 */
export function locateCall(text: string, line: number, column: number): LocatedCall | undefined {
  const at = offsetOf(text, line, column)
  if (at === undefined) return undefined
  if (text[at] === '(') return wrappedCallAt(text, at)
  let nameStart = at
  for (;;) {
    const name = matchAt(NAME, text, nameStart)
    if (name === undefined) return undefined
    const end = skipBlank(text, nameStart + name.length)
    const member = matchAt(MEMBER, text, end)
    if (member === undefined) return callAt(text, { name, nameStart, end }) ?? callAround(text, nameStart)
    nameStart = skipBlank(text, end + member.length)
  }
}

/** The offset after white space and comments that start at `from`. */
export function skipBlank(text: string, from: number): number {
  return from + (matchAt(BLANK, text, from)?.length ?? 0)
}

function callAt(text: string, found: { name: string; nameStart: number; end: number }): LocatedCall | undefined {
  const open = openingAt(text, found.end)
  if (open === undefined) return undefined
  const before = text.slice(Math.max(0, found.nameStart - LONGEST_OBJECT_CHAIN), found.nameStart)
  const objects = OBJECTS_BEFORE.exec(before)?.[0] ?? ''
  return {
    callee: found.name,
    ordinal: occurrences(text, found.name, found.nameStart),
    start: found.nameStart - objects.length,
    nameStart: found.nameStart,
    open,
  }
}

/** The call of a callee that is no plain name, by the opening parenthesis of its arguments. */
function wrappedCallAt(text: string, open: number): LocatedCall | undefined {
  const before = text.slice(0, open).trimEnd()
  if (before.endsWith(')')) {
    const start = openingOf(before)
    const name = start === undefined ? null : WRAPPED_NAME.exec(text.slice(start, open))
    if (start !== undefined && name !== null) {
      const [all, , callee = ''] = name
      const nameStart = start + all.lastIndexOf(callee)
      return { callee, ordinal: occurrences(text, callee, nameStart), start, nameStart, open }
    }
  }
  if (!ENDS_CALLEE.test(before)) return undefined
  return { callee: '', ordinal: 0, start: open, nameStart: open, open }
}

/** The call of a callee in parentheses that ends with the name at `nameStart`: `(step as Any)(`. */
function callAround(text: string, nameStart: number): LocatedCall | undefined {
  const close = closingOf(text, nameStart)
  const open = close === undefined ? undefined : openingAt(text, skipBlank(text, close + 1))
  const call = open === undefined ? undefined : wrappedCallAt(text, open)
  return call?.nameStart === nameStart ? call : undefined
}

/** The parenthesis that closes the one around an offset. Those in strings and comments are counted, too. */
function closingOf(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length && at < from + LONGEST_TYPE_ARGUMENTS; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth < 0) return at
  }
  return undefined
}

/** The parenthesis that the last character of a text closes. Those in strings and comments are counted, too. */
function openingOf(text: string): number | undefined {
  let depth = 0
  for (let at = text.length - 1; at >= 0 && at > text.length - LONGEST_TYPE_ARGUMENTS; at -= 1) {
    if (text[at] === ')') depth += 1
    else if (text[at] === '(') depth -= 1
    if (depth === 0) return at
  }
  return undefined
}

function openingAt(text: string, start: number): number | undefined {
  const from = text[start] === '!' ? skipBlank(text, start + 1) : start
  if (text[from] === '(') return from
  const types = text.startsWith('?.', from) ? skipBlank(text, from + 2) : from
  if (types > from && text[types] === '(') return types
  if (text[types] !== '<') return undefined
  const end = typeArgumentsEnd(text, types)
  if (end === undefined) return undefined
  const open = skipBlank(text, end)
  return text[open] === '(' ? open : undefined
}

function typeArgumentsEnd(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length && at < from + LONGEST_TYPE_ARGUMENTS; at += 1) {
    if (text[at] === '<') depth += 1
    else if (text[at] === '>' && text[at - 1] !== '=') depth -= 1
    if (depth === 0) return at + 1
  }
  return undefined
}

function occurrences(text: string, name: string, before: number): number {
  const word = /[\p{ID_Continue}$\u200c\u200d]/u
  let count = 0
  for (let at = text.indexOf(name); at !== -1 && at < before; at = text.indexOf(name, at + name.length)) {
    if (!word.test(text[at - 1] ?? ' ') && !word.test(text[at + name.length] ?? ' ')) count += 1
  }
  return count
}

/** The offset of a place that V8 gave, or `undefined` if the text has no such place. */
export function offsetOf(text: string, line: number, column: number): number | undefined {
  let start = 0
  LINE_END.lastIndex = 0
  for (let current = 1; current < line; current += 1) {
    const end = LINE_END.exec(text)
    if (end === null) return undefined
    start = end.index + end[0].length
  }
  LINE_END.lastIndex = start
  const lineEnd = LINE_END.exec(text)?.index ?? text.length
  const offset = start + column - 1
  return line > 0 && column > 0 && offset < lineEnd ? offset : undefined
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  const match = pattern.exec(text)
  // Inside of a surrogate pair, a pattern for whole characters matches from the start of the pair.
  return match?.index === at ? match[0] : undefined
}
