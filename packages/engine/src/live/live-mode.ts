import { fstatSync } from 'node:fs'

import type { ProgressMode } from '@cairnml/core'

/** Whether a run is shown live: on a terminal, unless it is one that nobody watches or that cannot move its cursor. */
export async function isLive(mode: ProgressMode, variables: NodeJS.ProcessEnv): Promise<boolean> {
  if (mode === 'plain' || variables['TERM'] === 'dumb') return false
  if (mode === 'auto' && isSet(variables['CI'])) return false
  return isTerminal(1)
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}

/** The module that knows loads much that a run without a terminal does not need. */
async function isTerminal(fd: number): Promise<boolean> {
  try {
    if (!fstatSync(fd).isCharacterDevice()) return false
  } catch {
    return false
  }
  return (await import('node:tty')).isatty(fd)
}
