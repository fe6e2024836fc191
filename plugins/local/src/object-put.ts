import { hash } from 'node:crypto'
import { lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs'
import path from 'node:path'

import { cairnError, type ObjectBody, type PutOptions, type PutResult } from '@cairnml/core'

import { keyConflict, obstacleOf } from './key-conflict.ts'
import { place, placeIfAbsent, type Placement } from './object-place.ts'
import { statObject } from './object-read.ts'
import { writeObject, type WrittenFile } from './object-write.ts'
import { errorCode } from './store-fault.ts'
import type { StoreRoot } from './store-root.ts'

/** An object on its way into a store. */
export interface PutRequest {
  readonly root: StoreRoot
  readonly key: string
  readonly body: ObjectBody
  readonly options: PutOptions
  /** Hears of every folder whose content changed. */
  readonly onFolder: (folder: string) => void
}

/** Writes a body to a temporary file and puts that into its place; when it fails, neither is there. */
export async function putObject(request: PutRequest): Promise<PutResult> {
  const { root, key, options } = request
  const target = root.objectPath(key)
  const present = options.ifAbsent ? statObject(target) : undefined
  if (present !== undefined) return { key, ...present, written: false }
  root.prepare()
  const temporary = root.temporaryPath()
  const lock = root.lockPath(hash('sha256', key))
  try {
    const file = await writeTemporary(request, temporary)
    options.signal?.throwIfAborted()
    const placement = { temporary, target, lock, onFolder: request.onFolder }
    if (options.ifAbsent) return await putIfAbsent(key, placement, file)
    await placeOverEmptyFolder(placement)
    return { key, ...file, written: true }
  } catch (error) {
    removeTemporary(temporary)
    throw keyConflict(root.path, key, error) ?? error
  }
}

async function writeTemporary({ root, body, options }: PutRequest, temporary: string): Promise<WrittenFile> {
  try {
    return await writeObject(temporary, body, options.signal)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  // Somebody removed the store while this process had it open; nothing of the body was read yet.
  root.prepare({ again: true })
  return writeObject(temporary, body, options.signal)
}

async function putIfAbsent(key: string, placement: Placement, file: WrittenFile): Promise<PutResult> {
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await placeIfAbsent(placement)) return { key, ...file, written: true }
    const present = statObject(placement.target)
    if (present === undefined) {
      removeEmptyFolders(placement.target)
      continue
    }
    removeTemporary(placement.temporary)
    return { key, ...present, written: false }
  }
  const problem = obstacleOf(placement.target) ?? 'something that is not an object is in its place'
  throw cairnError('CAIRN_STORE_KEY_INVALID', { key, problem })
}

/** Folders that hold nothing are no objects: what somebody put in the place of one does not keep it from being stored. */
function removeEmptyFolders(target: string): boolean {
  try {
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() !== true) return false
    for (const name of readdirSync(target)) removeEmptyFolders(path.join(target, name))
    rmdirSync(target)
    return true
  } catch {
    // It holds something, or somebody else removed it: the object's own way into its place says so.
    return false
  }
}

async function placeOverEmptyFolder(placement: Placement): Promise<void> {
  try {
    await place(placement)
  } catch (error) {
    if (errorCode(error) !== 'EISDIR' || !removeEmptyFolders(placement.target)) throw error
    await place(placement)
  }
}

function removeTemporary(temporary: string): void {
  try {
    unlinkSync(temporary)
  } catch {
    // It was never there. What stays behind is swept one day.
  }
}
