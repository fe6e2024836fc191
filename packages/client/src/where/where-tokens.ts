import { cairnError, COMPARISONS } from '@cairnml/core'

/** A piece of a condition. */
export interface WhereToken {
  readonly kind: 'word' | 'text' | 'comparison' | '(' | ')' | 'end'
  readonly text: string
  /** Of its first character, from 0. */
  readonly at: number
}

const SPACE = /\s+/y
const COMPARISON = /[=!<>^]+/y
/** A bare word; parts of it may be in quotes: `metrics."top 5"`. */
const WORD = /(?:[^\s()=!<>^"']|"[^"]*")+/y
const TEXT = /"([^"]*)"|'([^']*)'/y

/**
 * The pieces of a condition, the last of which is its end.
 *
 * @throws CAIRN_WHERE_INVALID
 */
export function whereTokens(text: string): readonly WhereToken[] {
  const tokens: WhereToken[] = []
  let at = 0
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  while (at < text.length) {
    const space = next(SPACE)
    if (space !== null) {
      at += space[0].length
      continue
    }
    const token =
      parenthesis(text, at) ?? quoted(next(TEXT), at) ?? comparison(next(COMPARISON), text, at) ?? word(next(WORD), at)
    if (token === undefined) throw whereError(text, at, 'a quote is not closed')
    tokens.push(token.token)
    at += token.length
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

/** The error at a place of a condition. */
export function whereError(text: string, at: number, problem: string): Error {
  return cairnError('CAIRN_WHERE_INVALID', { text, position: at + 1, problem })
}

interface Found {
  readonly token: WhereToken
  readonly length: number
}

function parenthesis(text: string, at: number): Found | undefined {
  const found = text[at]
  return found === '(' || found === ')' ? { token: { kind: found, text: found, at }, length: 1 } : undefined
}

function quoted(found: RegExpExecArray | null, at: number): Found | undefined {
  if (found === null) return undefined
  return { token: { kind: 'text', text: found[1] ?? found[2] ?? '', at }, length: found[0].length }
}

function comparison(found: RegExpExecArray | null, text: string, at: number): Found | undefined {
  if (found === null) return undefined
  const [written] = found
  const is = written === '==' ? '=' : written
  if (COMPARISONS.some((known) => known === is))
    return { token: { kind: 'comparison', text: is, at }, length: written.length }
  throw whereError(text, at, `there is no comparison "${written}", only ${COMPARISONS.join(' ')}`)
}

function word(found: RegExpExecArray | null, at: number): Found | undefined {
  if (found === null) return undefined
  return { token: { kind: 'word', text: found[0].replaceAll('"', ''), at }, length: found[0].length }
}
