import type { UnknownCode } from '@cairnml/core'

import { BrokenModuleError } from '../closure/broken-module-error.ts'

const LONGEST_SHOWN = 200

/**
 * Why the code of a step is not known, from what was thrown on the way: its place holds no call, a file cannot be parsed
 * or read, or, for anything else, a fault of Cairn or of what the program has done to the language.
 */
export function problemOf(error: unknown): Pick<UnknownCode, 'reason' | 'at'> {
  if (error instanceof BrokenModuleError) return { reason: error.message, at: error.at }
  if (error instanceof RangeError && error.message.startsWith('there is no ')) {
    return { reason: 'the source of this step cannot be found' }
  }
  if (error instanceof Error && 'code' in error)
    return { reason: `its code cannot be read (${firstLine(error.message)})` }
  const what = error instanceof Error ? `${error.name}: ${firstLine(error.message)}` : 'what was thrown is no error'
  return { reason: `its code cannot be followed (${what})` }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').slice(0, LONGEST_SHOWN)
}
