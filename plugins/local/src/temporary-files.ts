import { hash, randomBytes } from 'node:crypto'
import { closeSync, openSync, statSync, utimesSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'

import { isSurelyDead, thisProcess, type ProcessIdentity } from '@cairnml/core'

const SWEEP_EVERY_MS = 60 * 60 * 1000
const ABANDONED_MS = 7 * 24 * 60 * 60 * 1000
const NAME = /^([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-(\d*)-\d+-[0-9a-f]+$/

/** Tells the threads of one process apart, each of which counts by itself. */
const THREAD = randomBytes(4).toString('hex')

let owner: string | undefined
let count = 0

/** A name that no process takes twice, and that tells who took it: host, boot, process, its start. */
export function temporaryName(): string {
  owner ??= ownerName()
  count += 1
  return `${owner}-${count}-${THREAD}`
}

function ownerName(): string {
  const { host, bootId, pid, startTicks } = thisProcess()
  return [short(host), short(bootId ?? ''), pid, startTicks ?? ''].join('-')
}

/**
 * Removes files that dead processes left behind, unless somebody did so within the last hour. Files of processes of
 * this machine go when their process is surely dead, those of other machines after a week.
 */
export async function sweepTemporaryFiles(folder: string): Promise<void> {
  if (!isDue(path.join(folder, 'swept'))) return
  for (const name of await readdir(folder)) {
    const match = NAME.exec(name)
    const file = path.join(folder, name)
    if (match !== null && (await isAbandoned(file, match))) await rm(file, { force: true })
  }
}

function isDue(mark: string): boolean {
  const last = statSync(mark, { throwIfNoEntry: false })?.mtimeMs
  if (last !== undefined && Math.abs(Date.now() - last) < SWEEP_EVERY_MS) return false
  closeSync(openSync(mark, 'a'))
  utimesSync(mark, new Date(), new Date())
  return true
}

async function isAbandoned(file: string, [, host, boot, pid, startTicks]: RegExpExecArray): Promise<boolean> {
  const self = thisProcess()
  if (host !== short(self.host)) {
    const { mtimeMs } = await stat(file)
    return Date.now() - mtimeMs > ABANDONED_MS
  }
  const owner: ProcessIdentity = {
    ...self,
    pid: Number(pid),
    startTicks: startTicks === '' ? undefined : Number(startTicks),
    bootId: boot === short(self.bootId ?? '') ? self.bootId : boot,
  }
  return isSurelyDead(owner)
}

function short(text: string): string {
  return hash('sha256', text).slice(0, 8)
}
