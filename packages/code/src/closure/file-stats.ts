import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs'
import { dirname, join, basename } from 'node:path'

/** A file that a path leads to. */
export interface FileState {
  /** Path without symlinks. */
  readonly path: string
  /** Changes whenever the content does. */
  readonly stamp: string
  /** When it, or a link to it, was last changed, in milliseconds since 1970. */
  readonly changedAtMs: number
}

/**
 * Where a path leads and the state of the file there, or `undefined` if there is no readable file.
 *
 * @param realDirs real paths of folders found before, to look each up once
 */
export function fileState(path: string, realDirs: Map<string, string>): FileState | undefined {
  try {
    const given = lstatSync(path)
    const real = given.isSymbolicLink() ? realpathSync(path) : join(realDir(dirname(path), realDirs), basename(path))
    const stats = given.isSymbolicLink() ? statSync(real) : given
    if (!stats.isFile()) return undefined
    return {
      path: real,
      stamp: `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`,
      changedAtMs: Math.max(changedAtMs(given), changedAtMs(stats)),
    }
  } catch {
    return undefined
  }
}

/**
 * The system sets the change time itself, so it shows a rename over the file, or an edit that keeps the modification
 * time. A modification time in the future was set by a tool and says nothing.
 */
function changedAtMs(stats: Stats): number {
  return stats.mtimeMs > Date.now() ? stats.ctimeMs : Math.max(stats.mtimeMs, stats.ctimeMs)
}

function realDir(dir: string, realDirs: Map<string, string>): string {
  const known = realDirs.get(dir)
  if (known !== undefined) return known
  const real = realpathSync(dir)
  realDirs.set(dir, real)
  return real
}
