import { existsSync, linkSync, lstatSync, mkdirSync, renameSync, rmdirSync, statSync, unlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { makeFolders } from '@cairnml/core'

import { errorCode } from './store-fault.ts'

/** A complete file on its way to its place. */
export interface Placement {
  readonly temporary: string
  readonly target: string
  /** A name that nothing has, on the same file system and the same for every writer of the target. */
  readonly lock: string
  /** Hears of every folder whose content changed. */
  readonly onFolder: (folder: string) => void
}

const OPEN_ELSEWHERE = new Set(['EPERM', 'EACCES', 'EBUSY'])
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR'])
const MOST_ATTEMPTS = 10
const STALE_LOCK_MS = 60_000

/** Puts a file in its place, instead of what is there. */
export async function place(placement: Placement): Promise<void> {
  const { temporary, target } = placement
  await retryWhileOpen(() => intoFolder(placement, () => renameSync(temporary, target)))
}

/** Puts a file in its place unless something is there; says whether it did. Of several writers one does. */
export async function placeIfAbsent(placement: Placement, link: typeof linkSync = linkSync): Promise<boolean> {
  const { temporary, target } = placement
  try {
    intoFolder(placement, () => link(temporary, target))
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST') return false
    if (code === undefined || !NO_LINKS.has(code)) throw error
    return placeUnderLock(placement)
  }
  unlinkSync(temporary)
  return true
}

/** Windows refuses to replace or remove a file that somebody has open at the moment, such as a virus scanner. */
export async function retryWhileOpen(work: () => void, platform: NodeJS.Platform = process.platform): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work()
    } catch (error) {
      const isOpen = platform === 'win32' && OPEN_ELSEWHERE.has(errorCode(error) ?? '')
      if (!isOpen || attempt === MOST_ATTEMPTS) throw error
    }
    await sleep(2 ** attempt)
  }
}

/**
 * Makes the folder only if it is missing, and again if a removal next door took it away meanwhile. Every new result has
 * a folder of its own, and to look is cheaper than an error.
 */
function intoFolder({ target, onFolder }: Placement, work: () => void): void {
  const folder = path.dirname(target)
  for (let attempt = 1; ; attempt++) {
    if (!existsSync(folder)) makeFolder(folder, onFolder)
    try {
      work()
      return onFolder(folder)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

function makeFolder(folder: string, onFolder: Placement['onFolder']): void {
  const first = makeFolders(folder)
  if (first === undefined) return
  for (let at = folder; at.length >= first.length; at = path.dirname(at)) onFolder(path.dirname(at))
}

/**
 * Without hard links a folder serves as a lock. It is held for microseconds and without giving way, so one that is a
 * minute old belonged to a process that was killed.
 */
async function placeUnderLock(placement: Placement): Promise<boolean> {
  const { temporary, target, lock } = placement
  while (!takeLock(lock)) await sleep(2)
  try {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return false
    intoFolder(placement, () => renameSync(temporary, target))
    return true
  } finally {
    rmdirSync(lock)
  }
}

function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
  if (since === undefined || Math.abs(Date.now() - since) < STALE_LOCK_MS) return false
  const aside = `${lock}-${process.pid}`
  try {
    renameSync(lock, aside)
    rmdirSync(aside)
  } catch {
    // Somebody else took it away, or holds it again.
  }
  return false
}
