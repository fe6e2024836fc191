import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

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
  writeWhole(path, JSON.stringify(memo))
}

/** Writes a file, whole or not at all. A folder that cannot be written to costs speed and nothing else. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, content)
    renameSync(temporary, path)
  } catch {
    removeIfThere(temporary)
  }
}

/** `force` alone throws where a file lies in the place of a folder, and where the folder is closed. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Then it was never written.
  }
}
