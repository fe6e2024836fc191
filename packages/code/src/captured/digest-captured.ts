import type { CapturedValue } from '@cairnml/core'

import type { Unreadable } from './captured-reader.ts'
import { digestValue, type FunctionTools } from './digest-value.ts'
import { readMember } from './read-member.ts'
import type { Shared } from './value-writer.ts'

const LONGEST_SHOWN = 40

/**
 * Digests of the values that a live function captures at this moment, by name in order. A value that cannot be compared
 * makes the whole of it unknown.
 *
 * @param names names of scopes around the function, as `name` or as a path of members of which only that member counts:
 * `options.limit`
 */
export async function digestCaptured(
  fn: Function,
  names: readonly string[],
  tools: FunctionTools,
): Promise<readonly CapturedValue[] | Unreadable> {
  const paths = [...new Set(names)].toSorted()
  const values = tools.reader.values(fn, [...new Set(paths.map(rootOf))])
  if ('reason' in values) return values
  const shared: Shared = new Map()
  const captured: CapturedValue[] = []
  for (const name of paths) {
    const root = rootOf(name)
    if (!values.has(root)) return { reason: `${root}, which its function uses, cannot be read` }
    const { value, holder } = readMember(values.get(root), name)
    const digested = await digestValue(value, { name, holder, shared }, tools)
    if ('reason' in digested) return digested
    captured.push({ name, digest: digested.digest, shown: shownValue(value) })
  }
  return captured
}

function rootOf(path: string): string {
  return path.split('.', 1)[0] ?? path
}

/** The text of values that are never secrets. */
function shownValue(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value !== 'bigint') return undefined
  const text = `${value}n`
  return text.length <= LONGEST_SHOWN ? text : undefined
}
