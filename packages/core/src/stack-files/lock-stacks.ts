import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { holdFile } from '../files/hold-file.ts'
import { makeLocalFolder } from '../files/local-folder.ts'

const WAIT_MS = 10_000

/** The file that a process holds while it changes the stacks of a project. */
export function stackLockFile(cairnDir: string): string {
  return nodePath.join(cairnDir, 'stacks.lock')
}

/**
 * Does work that changes the stacks of a project while no other process does. The lock of a process that died is taken
 * over.
 *
 * @throws CAIRN_STACK_FILE if another process holds the lock for too long
 */
export async function withStacksLocked<T>(cairnDir: string, work: () => Promise<T>): Promise<T> {
  makeLocalFolder(cairnDir, cairnDir)
  const file = stackLockFile(cairnDir)
  const problem = `another process has been changing stacks for more than ${WAIT_MS / 1000} s (it holds ${file})`
  const busy = (): Error => cairnError('CAIRN_STACK_FILE', { stack: '*', problem })
  return holdFile({ file, waitMs: WAIT_MS, busy }, work)
}
