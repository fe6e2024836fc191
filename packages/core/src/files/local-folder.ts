import { mkdirSync, writeFileSync } from 'node:fs'
import nodePath from 'node:path'

/** The folder for local state, which ignores itself for git. */
export function makeLocalFolder(cairnDir: string): void {
  if (mkdirSync(cairnDir, { recursive: true }) === undefined) return
  try {
    writeFileSync(nodePath.join(cairnDir, '.gitignore'), '*\n', { flag: 'wx' })
  } catch {
    // Another process made it.
  }
}
