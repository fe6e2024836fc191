import { parseDuration } from '@cairnml/core'

import { usageError } from '../flags/parse-flags.ts'

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?$/

/**
 * An instant: a date, or how long ago.
 *
 * @returns milliseconds since the epoch
 * @throws CAIRN_COMMAND_USAGE
 */
export function timeFlag(option: string, given: string | undefined, now: number = Date.now()): number | undefined {
  if (given === undefined) return undefined
  const age = parseDuration(given)
  if (age !== undefined) return now - age
  const at = DATE.test(given)
    ? Date.parse(given.length === 10 ? `${given}T00:00` : given.replace(' ', 'T'))
    : Number.NaN
  if (!Number.isNaN(at)) return at
  throw usageError(`${option} cannot be "${given}"; it is a date like 2026-11-20 or how long ago, like 12h or 7d.`)
}
