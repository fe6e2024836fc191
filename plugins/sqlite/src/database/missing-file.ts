import { lstatSync } from 'node:fs'

/** Whether there is no file of this path. What cannot be found out is left to whoever opens the file. */
export function isMissingFile(file: string): boolean {
  try {
    lstatSync(file)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
