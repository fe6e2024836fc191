import nodePath from 'node:path'

import { makeFolders } from './make-folders.ts'
import { removeEmptyFolders, writeNew } from './write-new.ts'

/**
 * Makes a folder and those above it. Where that makes the project's folder for local state, it gets a `.gitignore` that
 * keeps all of it out of version control. For components that keep state on this machine.
 *
 * @param folder absolute
 * @param cairnDir the project's folder for local state, as `ComponentContext` has it, if there is one
 * @throws the error of the file system; a folder that got no `.gitignore` is not left behind, so that the next one gets it
 */
export function makeLocalFolder(folder: string, cairnDir: string | undefined): void {
  const first = makeFolders(folder)
  if (first === undefined || cairnDir === undefined) return
  if (!isWithin(cairnDir, first) || !isWithin(folder, cairnDir)) return
  try {
    writeNew(nodePath.join(cairnDir, '.gitignore'), '*\n')
  } catch (error) {
    // Another process may have been first.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    removeEmptyFolders(folder, first)
    throw error
  }
}

function isWithin(inner: string, outer: string): boolean {
  const relative = nodePath.relative(outer, inner)
  return !nodePath.isAbsolute(relative) && relative.split(nodePath.sep)[0] !== '..'
}
