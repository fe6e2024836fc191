import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

import { sortableId } from '../names/sortable-id.ts'
import { isSurelyDead, thisProcess, type ProcessIdentity } from '../records/process-identity.ts'

const PAUSE_MS = 20

/** How a file is held that only one process has at a time. */
export interface HeldFile {
  /** Absolute; its folder is there. */
  readonly file: string
  /** How long another process is waited for, in milliseconds. */
  readonly waitMs: number
  /** What is thrown then. */
  readonly busy: () => Error
}

/**
 * Does work while no other process holds the same file, which says who does. The file of a process that died is taken
 * over.
 *
 * @throws what `busy` gives if another process holds it for too long
 */
export async function holdFile<T>({ file, waitMs, busy }: HeldFile, work: () => Promise<T>): Promise<T> {
  for (const since = performance.now(); !take(file);) {
    dropDead(file)
    if (performance.now() - since > waitMs) throw busy()
    await setTimeout(PAUSE_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
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
