import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

import { sortableId } from '../names/sortable-id.ts'
import { isSurelyDead, processOf, thisProcess, type ProcessIdentity } from '../records/process-identity.ts'
import { writeNew } from './write-new.ts'

const PAUSE_MS = 20

/** How a file is held that only one process has at a time. */
export interface HeldFile {
  /** Absolute; its folder is there. */
  readonly file: string
  /** How long another process is waited for, in milliseconds. */
  readonly waitMs: number
  /** What is thrown then. */
  readonly busy: () => Error
  /** Called once where another process is waited for. */
  readonly onWait?: ((holder: ProcessIdentity) => void) | undefined
}

/** Says that a process which was started for the work has the file, too: it may live longer than this one. */
export type ShareHold = (pid: number) => void

/** What the file holds. */
interface Holder extends ProcessIdentity {
  readonly helper?: ProcessIdentity
}

/** The process that works while a file is held: who took it, or what that left behind; `undefined` where none lives. */
export function livingHolder(file: string): ProcessIdentity | undefined {
  const text = textOf(file)
  return text === undefined ? undefined : livingOf(text)
}

/**
 * Does work while no other process holds the same file, which says who does. The file of a process that died is taken
 * over.
 *
 * @throws what `busy` gives if another process holds it for too long
 */
export async function holdFile<T>(
  { file, waitMs, busy, onWait }: HeldFile,
  work: (share: ShareHold) => Promise<T>,
): Promise<T> {
  let isTold = false
  for (const since = performance.now(); !take(file);) {
    const holder = dropDead(file)
    if (holder !== undefined && !isTold) onWait?.(holder)
    isTold ||= holder !== undefined
    if (performance.now() - since > waitMs) throw busy()
    await setTimeout(PAUSE_MS)
  }
  try {
    return await work((pid) => share(file, pid))
  } finally {
    rmSync(file, { force: true })
  }
}

/** Linked into place, so that whoever sees the lock sees who holds it. */
function take(lock: string): boolean {
  const own = `${lock}.${sortableId()}`
  writeNew(own, JSON.stringify(thisProcess()))
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

/** In one step, so that whoever sees the lock sees all who have it. */
function share(lock: string, pid: number): void {
  const own = `${lock}.${sortableId()}`
  const holder: Holder = { ...thisProcess(), helper: processOf(pid) }
  writeNew(own, JSON.stringify(holder))
  renameSync(own, lock)
}

/** @returns who holds it, where that lives */
function dropDead(lock: string): ProcessIdentity | undefined {
  const holder = textOf(lock)
  if (holder === undefined) return undefined
  const living = livingOf(holder)
  if (living !== undefined) return living
  const aside = `${lock}.${sortableId()}`
  try {
    renameSync(lock, aside)
    // Another process was faster, and this is its lock.
    if (textOf(aside) !== holder) linkSync(aside, lock)
  } catch {
    // It is gone, or taken again: the next look tells.
  }
  rmSync(aside, { force: true })
  return undefined
}

function livingOf(text: string): ProcessIdentity | undefined {
  try {
    // Sound: only this module writes the file; what somebody else wrote is damaged, and nobody's.
    const holder = JSON.parse(text) as Holder
    return [holder, holder.helper].find((one) => one !== undefined && !isSurelyDead(one))
  } catch {
    return undefined
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
