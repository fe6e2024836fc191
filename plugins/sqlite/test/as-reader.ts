import { chmodSync, readdirSync } from 'node:fs'
import path from 'node:path'

const NOBODY = 65_534

/**
 * Runs synchronous work as somebody who may read a folder and its files, and write none of them. The superuser, whom no
 * mode keeps from writing, becomes somebody else for as long as that takes.
 */
export function asReader<T>(folder: string, work: () => T): T {
  const { geteuid, seteuid } = process
  const isSuperuser = geteuid?.() === 0
  setModes(folder, { folders: 0o555, files: 0o444 })
  if (isSuperuser) seteuid?.(NOBODY)
  try {
    return work()
  } finally {
    if (isSuperuser) seteuid?.(0)
    setModes(folder, { folders: 0o755, files: 0o644 })
  }
}

function setModes(folder: string, modes: { readonly folders: number; readonly files: number }): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? modes.folders : modes.files)
  }
  chmodSync(folder, modes.folders)
}
