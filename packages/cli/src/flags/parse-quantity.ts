import { parseDuration } from '@cairnml/core'

import { usageError } from './parse-flags.ts'

const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}
const SIZE = /^(\d+(?:\.\d+)?) ?([kmgt]?i?b)$/i

/**
 * The bytes of a size like `500MB`, `1.5GB` (powers of ten) or `2GiB` (powers of two).
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function sizeFlag(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const [, number = '', unit = ''] = SIZE.exec(given) ?? []
  const factor = BYTES[unit.toLowerCase()]
  if (factor === undefined) throw usageError(`${option} cannot be "${given}"; it is a size like 500MB, 5GB or 2GiB.`)
  return Math.floor(Number(number) * factor)
}

/**
 * The milliseconds of a duration like `12h` or `30d`.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function durationFlag(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const ms = parseDuration(given)
  if (ms === undefined) throw usageError(`${option} cannot be "${given}"; it is a duration like 90m, 12h or 30d.`)
  return ms
}

/**
 * A whole number.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function countFlag(option: string, given: string | undefined, least: number): number | undefined {
  if (given === undefined) return undefined
  const count = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
  if (count >= least) return count
  throw usageError(`${option} cannot be "${given}"; it is a whole number from ${least}.`)
}
