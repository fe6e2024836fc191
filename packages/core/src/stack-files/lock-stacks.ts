import { mkdirSync, writeFileSync } from 'node:fs'
import nodePath from 'node:path'

import { cairnError } from '../errors/cairn-error.ts'
import { holdFile } from '../files/hold-file.ts'

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
  makeLocalFolder(cairnDir)
  const file = stackLockFile(cairnDir)
  const problem = `another process has been changing stacks for more than ${WAIT_MS / 1000} s (it holds ${file})`
  const busy = (): Error => cairnError('CAIRN_STACK_FILE', { stack: '*', problem })
  return holdFile({ file, waitMs: WAIT_MS, busy }, work)
}

/** The folder for local state, which ignores itself for git. */
export function makeLocalFolder(cairnDir: string): void {
  if (mkdirSync(cairnDir, { recursive: true }) === undefined) return
  try {
    writeFileSync(nodePath.join(cairnDir, '.gitignore'), '*\n', { flag: 'wx' })
  } catch {
    // Another process made it.
  }
}
