import { rmdirSync, rmSync, writeFileSync } from 'node:fs'
import nodePath from 'node:path'

/**
 * Writes a file that is not there; one for which there is no room is not left behind in part.
 *
 * @param options `flush`: whether the content is on the disk when this returns; `mode`: the most permissions that it gets
 * @throws the error of the file system, with the path of the file also where Node leaves it out
 */
export function writeNew(
  file: string,
  content: string | Uint8Array,
  { flush = false, mode }: { readonly flush?: boolean; readonly mode?: number | undefined } = {},
): void {
  try {
    writeFileSync(file, content, { flag: 'wx', flush, mode })
  } catch (thrown) {
    // Sound: what the file system throws has these properties.
    const error = thrown as NodeJS.ErrnoException
    // What could not be opened is not this one's to remove. Node names no path once a file is open.
    if (error.syscall !== 'open') removeIfThere(file)
    throw Object.assign(error, { path: error.path ?? file })
  }
}

/** Removes a file if that can be done: what was wrong before counts more. */
export function removeIfThere(file: string): void {
  try {
    // `force` alone throws where the folder is closed.
    rmSync(file, { force: true })
  } catch {
    // Then it was never written, or nobody can remove it.
  }
}

/**
 * Takes folders away that `makeFolders` made, as long as nobody has put anything into them.
 *
 * @param first what `makeFolders` gave
 */
export function removeEmptyFolders(folder: string, first: string): void {
  for (let dir = folder; ; dir = nodePath.dirname(dir)) {
    try {
      rmdirSync(dir)
    } catch {
      return
    }
    if (dir === first || dir === nodePath.dirname(dir)) return
  }
}
