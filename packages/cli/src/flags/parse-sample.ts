import type { SampleSize } from '@cairnml/engine'

import { usageError } from './parse-flags.ts'

/**
 * A share in percent (`5%`) or a number (`20`).
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function parseSample(text: string): SampleSize {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]
  const share = Number(percent) / 100
  if (percent !== undefined && share > 0 && share <= 1) return { share }
  if (/^[1-9]\d{0,8}$/.test(text)) return { count: Number(text) }
  throw usageError(`--sample takes a share like 5% (up to 100%) or a number like 20, not "${text}".`)
}
