import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import nodePath from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { cairnError } from '../errors/cairn-error.ts'
import { sortableId } from '../names/sortable-id.ts'
import { isSurelyDead, thisProcess, type ProcessIdentity } from '../records/process-identity.ts'

const WAIT_MS = 10_000
const PAUSE_MS = 20

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
  const lock = stackLockFile(cairnDir)
  for (const since = performance.now(); !take(lock);) {
    dropDead(lock)
    if (performance.now() - since > WAIT_MS) {
      const problem = `another process has been changing stacks for more than ${WAIT_MS / 1000} s (it holds ${lock})`
      throw cairnError('CAIRN_STACK_FILE', { stack: '*', problem })
    }
    await setTimeout(PAUSE_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
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

/** Linked into place, so that whoever sees the lock sees who holds it. */
function take(lock: string): boolean {
  const own = `${lock}.${sortableId()}`
  writeFileSync(own, JSON.stringify(thisProcess()))
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(own)
  }
}

function dropDead(lock: string): void {
  const holder = textOf(lock)
  if (holder === undefined || !isDead(holder)) return
  const aside = `${lock}.${sortableId()}`
  try {
    renameSync(lock, aside)
    // Another process was faster, and this is its lock.
    if (textOf(aside) !== holder) linkSync(aside, lock)
  } catch {
    // It is gone, or taken again: the next look tells.
  }
  rmSync(aside, { force: true })
}

function isDead(holder: string): boolean {
  try {
    // Sound: only this module writes the file; what somebody else wrote is damaged, and nobody's.
    return isSurelyDead(JSON.parse(holder) as ProcessIdentity)
  } catch {
    return true
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
