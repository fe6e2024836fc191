import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import nodePath from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { sortableId } from '../names/sortable-id.ts'

const RETRIES = 20
const PAUSE_MS = 25

/** Writes a file so that a reader sees the old text or the new one, and makes its folder. */
export async function writeWhole(file: string, text: string): Promise<void> {
  mkdirSync(nodePath.dirname(file), { recursive: true })
  const temporary = nodePath.join(nodePath.dirname(file), `.${nodePath.basename(file)}.${sortableId()}.tmp`)
  try {
    writeFileSync(temporary, text)
    await moveFile(temporary, file)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Renames a file; on Windows a reader that has it open is waited for. */
export async function moveFile(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const isOpen = process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY' || code === 'EACCES')
      if (!isOpen || attempt === RETRIES) throw error
      await setTimeout(PAUSE_MS)
    }
  }
}
