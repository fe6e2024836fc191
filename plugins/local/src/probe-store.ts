import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { OperationOptions } from '@cairnml/core'

import { temporaryName } from './temporary-files.ts'

const PROBE_BYTES = 64 * 1024

/**
 * Writes, reads and removes a file in a store's folder, under a name that no object has. Where the folder is not there
 * yet, it only looks whether it could be made.
 *
 * @throws what the file system says
 */
export async function probeStore(root: string, { signal }: OperationOptions = {}): Promise<void> {
  signal?.throwIfAborted()
  if (!existsSync(root)) return assertCanMake(root)
  if (!statSync(root).isDirectory()) throw notFolder(root)
  const file = path.join(root, `@probe-${temporaryName()}`)
  const bytes = randomBytes(PROBE_BYTES)
  try {
    await writeFile(file, bytes, { flag: 'wx', signal, flush: true })
    const read = await readFile(file, { signal })
    if (!read.equals(bytes)) throw systemError('EIO', `${root} gives other bytes than were written`)
  } finally {
    await rm(file, { force: true })
  }
}

function assertCanMake(folder: string): void {
  const parent = path.dirname(folder)
  if (!existsSync(parent)) {
    if (parent !== folder) assertCanMake(parent)
    return
  }
  if (!statSync(parent).isDirectory()) throw notFolder(parent)
  accessSync(parent, constants.W_OK | constants.X_OK)
}

function notFolder(place: string): Error {
  return systemError('ENOTDIR', `${place} is not a folder`)
}

function systemError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
