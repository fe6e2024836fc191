import type { RunOptions } from '@cairnml/core'

/** Options of a run with others above them. Each is taken whole, but substitutions one by one. */
export function mergedOptions(below: RunOptions, above: RunOptions): RunOptions {
  const substitutions = { ...below.substitutions, ...above.substitutions }
  return { ...below, ...above, ...(Object.keys(substitutions).length > 0 ? { substitutions } : {}) }
}
