import type { Preview } from '../artifact/artifact-ref.ts'
import type { Metadata } from './materializer.ts'

const MOST_NAMES = 20
const MOST_ITEMS = 20
const MOST_TEXT = 200
const MOST_DEPTH = 4
const MOST_LENGTH = 2000

/** What a JSON value is: the names of an object, the length of an array or a text. */
export function jsonFacts(value: unknown): Metadata {
  if (typeof value === 'string') return { characters: value.length }
  if (Array.isArray(value)) return { items: value.length }
  if (typeof value !== 'object' || value === null) return {}
  const names = Object.keys(value)
  return { count: names.length, keys: names.slice(0, MOST_NAMES).map(short) }
}

/** The first lines of a JSON value. What it costs does not grow with the value. */
export function jsonPreview(value: unknown): Preview {
  const text = JSON.stringify(pruned(value, 0), undefined, 2) ?? ''
  return { kind: 'json', text: text.length > MOST_LENGTH ? `${text.slice(0, MOST_LENGTH).toWellFormed()}…` : text }
}

/** A copy that is cut where it is long or deep. */
function pruned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return short(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    if (depth === MOST_DEPTH) return `… ${value.length} items`
    const items = value.slice(0, MOST_ITEMS).map((item) => pruned(item, depth + 1))
    return value.length > MOST_ITEMS ? [...items, `… ${value.length - MOST_ITEMS} more`] : items
  }
  const entries = Object.entries(value)
  if (depth === MOST_DEPTH) return `… ${entries.length} properties`
  const shown = entries.slice(0, MOST_ITEMS).map(([name, item]) => [name, pruned(item, depth + 1)])
  if (entries.length > MOST_ITEMS) shown.push(['…', `${entries.length - MOST_ITEMS} more`])
  return Object.fromEntries(shown)
}

function short(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT).toWellFormed()}…` : text
}
