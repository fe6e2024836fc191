import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { holdFile, type HeldFile, type ShareHold } from '../files/hold-file.ts'
import { makeLocalFolder } from '../files/local-folder.ts'

/** Packages may be large, and built when they are installed. */
const WAIT_MS = 600_000

/** The file that a process holds while it changes the packages of a project. */
export function packagesLockFile(cairnDir: string): string {
  return nodePath.join(cairnDir, 'packages.lock')
}

/** Who wants to change packages. */
export interface PackagesLock {
  readonly cairnDir: string
  /** What is to be run, for the error. */
  readonly command: string
  /** Called once where another process is waited for. */
  readonly onWait?: HeldFile['onWait']
}

/**
 * Does work that installs or removes packages of a project while no other process of Cairn does: of two package managers
 * that change one `package.json` at once, one undoes what the other did. The lock of a process that died is taken over when
 * the package manager that it started has ended, too.
 *
 * @param work is given what says that a package manager of that process id works
 * @throws CAIRN_PACKAGE_MANAGER_FAILED if another process holds the lock for too long
 */
export async function withPackagesLocked<T>(
  { cairnDir, command, onWait }: PackagesLock,
  work: (share: ShareHold) => Promise<T>,
): Promise<T> {
  makeLocalFolder(cairnDir, cairnDir)
  const file = packagesLockFile(cairnDir)
  const problem = `another process has been changing packages for more than ${WAIT_MS / 60_000} minutes`
  const remedy = `Wait for it, or end it: ${file} says which one it is.`
  const busy = (): Error => cairnError('CAIRN_PACKAGE_MANAGER_FAILED', { command, problem, remedy })
  return holdFile({ file, waitMs: WAIT_MS, busy, onWait }, work)
}
