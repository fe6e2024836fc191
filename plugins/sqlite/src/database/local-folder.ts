import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes the folder of a file. Where that makes the project's local folder, it gets a `.gitignore` that keeps all of it
 * out of version control.
 */
export function makeFolderOf(file: string, cairnDir: string): void {
  const first = mkdirSync(path.dirname(file), { recursive: true })
  if (first === undefined || !isWithin(cairnDir, first) || !isWithin(path.dirname(file), cairnDir)) return
  try {
    writeFileSync(path.join(cairnDir, '.gitignore'), '*\n', { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner)
  return !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..'
}
