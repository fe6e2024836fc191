import { readFileSync } from 'node:fs'

import { writeWholeSync } from '@cairnml/core/files'

/**
 * Reads a file of the memo, or `undefined` where it is missing, damaged, or of another format: a memo is only ever a
 * shorter way to what can be found out again.
 */
export function readMemo(path: string, format: string): unknown {
  try {
    // Sound: only the format is looked at here.
    const memo = JSON.parse(readFileSync(path, 'utf8')) as { readonly format?: unknown } | null
    return memo?.format === format ? memo : undefined
  } catch {
    return undefined
  }
}

/** Writes a file of the memo as JSON, whole or not at all. */
export function writeMemo<M extends { readonly format: string }>(path: string, memo: M): void {
  writeIfPossible(path, JSON.stringify(memo))
}

/** Writes a file, whole or not at all. */
export function writeIfPossible(path: string, content: string | Uint8Array): void {
  try {
    writeWholeSync(path, content)
  } catch {
    // A folder that cannot be written to costs speed and nothing else.
  }
}
