import { appendFileSync, statSync, truncateSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '@cairnml/core'
import { makeFolders, removeEmptyFolders, removeIfThere, writeNew } from '@cairnml/core/files'

import type { PlannedFile } from './planned-files.ts'

type Undo = () => void

/**
 * Writes all files, or none: what was written before one that cannot be written is taken back, since a project that has
 * its `cairn.yaml` counts as set up.
 *
 * @throws CAIRN_CREATE_FAILED
 */
export function writePlanned(folder: string, files: readonly PlannedFile[]): void {
  const undo: Undo[] = []
  try {
    for (const file of files) write(nodePath.join(folder, file.path), file, undo)
  } catch (error) {
    for (const step of undo.toReversed()) step()
    const problem = error instanceof Error ? error.message : String(error)
    const remedy = 'Make room, or see that you may write there, and do it again. The folder is as it was.'
    throw cairnError('CAIRN_CREATE_FAILED', { folder, problem, remedy }, { cause: error })
  }
}

function write(path: string, { text, action }: PlannedFile, undo: Undo[]): void {
  const dir = nodePath.dirname(path)
  const first = makeFolders(dir)
  if (first !== undefined) undo.push(() => removeEmptyFolders(dir, first))
  if (action === 'add') {
    const { size } = statSync(path)
    undo.push(() => truncateSync(path, size))
    appendFileSync(path, text)
  } else if (isWritten(path, text)) undo.push(() => removeIfThere(path))
}

/** A file that somebody else made meanwhile stays. */
function isWritten(path: string, text: string): boolean {
  try {
    writeNew(path, text)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
