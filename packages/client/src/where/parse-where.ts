import type { Comparison, RecordCondition } from '@cairnml/core'

import { recordField, WhereProblem } from './where-fields.ts'
import { whereError, whereTokens, type WhereToken } from './where-tokens.ts'

/** A condition on runs. */
export type RunCondition = RecordCondition<'run'>

const LONGEST = 2000
const DEEPEST = 20

/**
 * Reads a condition on runs: comparisons joined by `and`, `or` and parentheses.
 *
 * @example
 * parseWhere("metrics.acc > 0.9 and (tag = s7 or name ^= 'nightly')")
 * @throws CAIRN_WHERE_INVALID with the position
 */
export function parseWhere(text: string): RunCondition {
  if (text.length > LONGEST) throw whereError(text, LONGEST, `it has more than ${LONGEST} characters`)
  return new WhereParser(text).parse()
}

class WhereParser {
  readonly #text: string
  readonly #tokens: readonly WhereToken[]
  #next = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = whereTokens(text)
  }

  parse(): RunCondition {
    const condition = this.#either()
    if (this.#peek().kind !== 'end') throw this.#error(`"and", "or" or the end is expected, not "${this.#peek().text}"`)
    return condition
  }

  #either(): RunCondition {
    const any = [this.#both()]
    while (this.#takes('or')) any.push(this.#both())
    return any.length === 1 && any[0] !== undefined ? any[0] : { any }
  }

  #both(): RunCondition {
    const all = [this.#unit()]
    while (this.#takes('and')) all.push(this.#unit())
    return all.length === 1 && all[0] !== undefined ? all[0] : { all }
  }

  #unit(): RunCondition {
    if (this.#peek().kind !== '(') return this.#comparison()
    if (++this.#depth > DEEPEST) throw this.#error(`more than ${DEEPEST} parentheses are open`)
    this.#take()
    const condition = this.#either()
    if (this.#peek().kind !== ')') throw this.#error('a parenthesis is not closed')
    this.#take()
    this.#depth -= 1
    return condition
  }

  #comparison(): RunCondition {
    const field = this.#take('word', 'a field is expected, like metrics.acc')
    const is = this.#take('comparison', `a comparison is expected after "${field.text}", like = or >`)
    const value = this.#peek()
    if (value.kind !== 'word' && value.kind !== 'text') throw this.#error('a value is missing')
    this.#take()
    try {
      const { field: name, read } = recordField(field.text)
      // Sound: tokens of this kind are one of the comparisons.
      const how = is.text as Comparison
      return { field: name, is: how, value: read({ text: value.text, quoted: value.kind === 'text' }, how) }
    } catch (error) {
      if (!(error instanceof WhereProblem)) throw error
      throw whereError(this.#text, error.part === 'field' ? field.at : value.at, error.message)
    }
  }

  #peek(): WhereToken {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.#text.length }
  }

  #take(kind?: WhereToken['kind'], problem = ''): WhereToken {
    const token = this.#peek()
    if (kind !== undefined && token.kind !== kind) throw this.#error(problem)
    this.#next += 1
    return token
  }

  #takes(word: string): boolean {
    const token = this.#peek()
    const is = token.kind === 'word' && token.text.toLowerCase() === word
    if (is) this.#next += 1
    return is
  }

  #error(problem: string): Error {
    return whereError(this.#text, this.#peek().at, problem)
  }
}
