import { chmodSync, renameSync } from 'node:fs'
import nodePath from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { makeFolders } from './make-folders.ts'
import { removeIfThere, writeNew } from './write-new.ts'

const RETRIES = 20
const PAUSE_MS = 25
const MOST_NAME = 100

/**
 * Writes a file so that every reader sees the old content or the new one, also after the machine lost its power, and
 * makes its folder. Faults of the file system come as they are, and leave nothing behind.
 *
 * @param options `mode`: the permissions of the file; default: what the process gives new files
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  { mode }: { readonly mode?: number | undefined } = {},
): Promise<void> {
  const draft = draftOf(file)
  try {
    writeNew(draft, content, { flush: true, mode })
    // The process may give new files less than that.
    if (mode !== undefined) chmodSync(draft, mode)
    await moveFile(draft, file)
  } catch (error) {
    removeIfThere(draft)
    throw error
  }
}

/**
 * The same at once, for what can be found out again: after the machine lost its power the content may be damaged, and on
 * Windows a file that somebody reads at the moment is not replaced but refused with the fault of the file system.
 */
export function writeWholeSync(file: string, content: string | Uint8Array): void {
  const draft = draftOf(file)
  try {
    writeNew(draft, content)
    renameSync(draft, file)
  } catch (error) {
    removeIfThere(draft)
    throw error
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

/** A hidden name that nobody else has, beside the file, whose folder is made. */
function draftOf(file: string): string {
  const folder = nodePath.dirname(file)
  makeFolders(folder)
  const id = `${process.pid}-${Math.random().toString(36).slice(2)}`
  return nodePath.join(folder, `.${nodePath.basename(file).slice(0, MOST_NAME)}.${id}.tmp`)
}
