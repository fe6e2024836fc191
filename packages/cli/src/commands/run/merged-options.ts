import { joinedSettings, type RunOptions } from '@cairnml/core'

/** Options of a run with others above them. Each is taken whole, but substitutions and settings one by one. */
export function mergedOptions(below: RunOptions, above: RunOptions): RunOptions {
  const substitutions = { ...below.substitutions, ...above.substitutions }
  const settings = above.settings === undefined ? below.settings : joinedSettings([below.settings, above.settings])
  return {
    ...below,
    ...above,
    ...(Object.keys(substitutions).length > 0 ? { substitutions } : {}),
    ...(settings === undefined ? {} : { settings }),
  }
}
