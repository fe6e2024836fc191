import { cairnError } from '@cairnml/core'

import { jsonOr } from '../run/given-param.ts'

/** One of the values that a parameter takes. */
export interface SweptValue {
  readonly text: string
  /** What the text is as JSON; the text where it is none. */
  readonly json: unknown
}

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const RANGE = new RegExp(`^(log:)?(${NUMBER})\\.\\.(${NUMBER})(?::(${NUMBER}))?$`)
const MOST_IN_RANGE = 10_000
/** Steps of a range are rounded to so many digits: 0.1..0.3:0.1 holds 0.3, not 0.30000000000000004. */
const DIGITS = 12

/**
 * Reads the values of a swept parameter: a JSON list, items of one without its brackets, or texts and ranges between
 * commas. A range is `0.1..0.5:0.1` (a step, else 1; both ends belong to it) or `log:1e-3..1e-1:3` (how many). What is
 * there twice counts once.
 *
 * @param given `NAME=VALUES`, named in errors
 * @throws CAIRN_SWEEP_VALUES
 */
export function sweptValues(text: string, given: string): readonly SweptValue[] {
  const refuse = (problem: string): Error => cairnError('CAIRN_SWEEP_VALUES', { given, problem })
  const values = /["[{]/.test(text) ? jsonItems(text, refuse) : plainItems(text, refuse)
  if (values.length === 0) throw refuse('the list is empty')
  return [...new Map(values.map((value) => [value.text, value])).values()]
}

type Refuse = (problem: string) => Error

function jsonItems(text: string, refuse: Refuse): readonly SweptValue[] {
  let items: unknown[]
  try {
    // Sound: JSON between brackets is an array.
    items = JSON.parse(`[${text}]`) as unknown[]
  } catch {
    throw refuse('it holds [, { or ", but is no JSON')
  }
  const [first, ...others] = items
  const listed = Array.isArray(first) && others.length === 0 ? (first as unknown[]) : items
  return listed.map((json) => ({ text: typeof json === 'string' ? json : JSON.stringify(json), json }))
}

function plainItems(text: string, refuse: Refuse): readonly SweptValue[] {
  const items = text.split(',')
  if (items.length === 1) return plain(text, refuse)
  if (items.some((item) => item.trim() === '')) throw refuse('a value between commas is empty')
  return items.flatMap((item) => plain(item.trim(), refuse))
}

function plain(item: string, refuse: Refuse): readonly SweptValue[] {
  const [, log, from, to, by] = RANGE.exec(item) ?? []
  if (from === undefined || to === undefined) return [{ text: item, json: jsonOr(item) }]
  const numbers =
    log === undefined
      ? linear({ from: Number(from), to: Number(to), step: Number(by ?? 1) }, refuse)
      : logarithmic({ from: Number(from), to: Number(to), count: Number(by) }, refuse)
  return numbers.map((json) => ({ text: String(json), json }))
}

function linear(range: { from: number; to: number; step: number }, refuse: Refuse): readonly number[] {
  const { from, to, step } = range
  if (step === 0 || (to - from) / step < 0) throw refuse(`a step of ${step} does not lead from ${from} to ${to}`)
  // The last step may miss the end by what binary fractions lose.
  const count = Math.floor((to - from) / step + 1e-9) + 1
  assertCount(count, refuse)
  return Array.from({ length: count }, (_, at) => rounded(from + at * step))
}

function logarithmic(range: { from: number; to: number; count: number }, refuse: Refuse): readonly number[] {
  const { from, to, count } = range
  if (from <= 0 || to <= 0) throw refuse('both ends of a logarithmic range are above 0')
  if (!Number.isInteger(count) || count < 2) throw refuse('a logarithmic range says how many, as in log:1e-3..1e-1:3')
  assertCount(count, refuse)
  return Array.from({ length: count }, (_, at) => rounded(from * (to / from) ** (at / (count - 1))))
}

function assertCount(count: number, refuse: Refuse): void {
  if (!(count <= MOST_IN_RANGE)) throw refuse(`a range has ${MOST_IN_RANGE} values at most`)
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS))
}
