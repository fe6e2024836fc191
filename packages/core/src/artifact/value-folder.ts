import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import nodePath from 'node:path'

let folder: string | undefined

/** A folder for files that are loaded outside of a step; it is removed when the process exits. */
export function valueFolder(): string {
  if (folder === undefined) {
    const path = mkdtempSync(nodePath.join(os.tmpdir(), 'cairn-values-'))
    process.once('exit', () => rmSync(path, { recursive: true, force: true }))
    folder = path
  }
  return folder
}
