import { lstatSync, statSync, type Stats } from 'node:fs'

/** The state of a file, as the file system tells it without reading: changes whenever the content does. */
export interface FileStamp {
  readonly mtimeMs: number
  readonly ctimeMs: number
  /** -1 where there is no file. */
  readonly size: number
  readonly inode: number
}

const ABSENT: FileStamp = { mtimeMs: 0, ctimeMs: 0, size: -1, inode: 0 }

/** The state of the file at a path; links are followed. */
export function fileStamp(path: string): FileStamp {
  const stats = stateOf(path, statSync)
  if (stats === undefined || !stats.isFile()) return ABSENT
  return { mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, size: stats.size, inode: stats.ino }
}

/** Whether two states are of one unchanged file. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.inode === b.inode
}

/**
 * When a file was last changed, in milliseconds since 1970. The system sets the change time itself, so it shows a rename
 * over the file, or an edit that keeps the modification time. A modification time in the future was set by a tool and
 * says nothing.
 */
export function changedAtMs({ mtimeMs, ctimeMs }: FileStamp): number {
  return mtimeMs > Date.now() ? ctimeMs : Math.max(mtimeMs, ctimeMs)
}

/** Whether anything lies at a path, be it a dangling link. */
export function isThere(path: string): boolean {
  return stateOf(path, lstatSync) !== undefined
}

/** Nothing that can be read is there where it throws: links in a circle, a folder that is closed, a name too long. */
function stateOf(path: string, stat: typeof statSync): Stats | undefined {
  try {
    return stat(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
