import { closeSync, constants, fdatasync, fstatSync, openSync, writeSync, type Stats } from 'node:fs'
import { access, chmod, copyFile, rm, utimes } from 'node:fs/promises'
import { promisify } from 'node:util'

import type { ObjectBody } from '@cairnml/core'

import { passThrough, withSignal } from './body-failure.ts'
import { OpenFile } from './open-file.ts'

/** Bytes up to this size are written in one go, without giving way to other work. */
const SMALL_BYTES = 1024 * 1024

const syncData = promisify(fdatasync)

/** What a file that was written looks like. */
export interface WrittenFile {
  readonly size: number
  readonly lastModifiedMs: number
}

/**
 * Writes a body to a new file and waits until its content is on the disk. What the body throws, and the reason of the
 * signal, arrive as a `BodyFailure`.
 */
export async function writeObject(
  file: string,
  body: ObjectBody,
  signal: AbortSignal | undefined,
): Promise<WrittenFile> {
  if (!(body instanceof Uint8Array))
    return 'file' in body ? writeCopy(file, body.file, signal) : writeStream(file, body, signal)
  return body.length <= SMALL_BYTES ? writeSmall(file, body) : writeStream(file, slices(body), signal)
}

/** What of a file's facts a store tells. */
export function writtenFile(stats: Stats): WrittenFile {
  return { size: stats.size, lastModifiedMs: Math.trunc(stats.mtimeMs) }
}

async function writeSmall(file: string, bytes: Uint8Array): Promise<WrittenFile> {
  const descriptor = openSync(file, 'wx')
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    await syncData(descriptor)
    return writtenFile(fstatSync(descriptor))
  } finally {
    closeSync(descriptor)
  }
}

async function writeStream(
  file: string,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<WrittenFile> {
  await using opened = await OpenFile.open(file, 'wx')
  for await (const chunk of passThrough(body, signal)) await opened.write(chunk)
  return await finish(opened)
}

async function writeCopy(file: string, source: string, signal: AbortSignal | undefined): Promise<WrittenFile> {
  // Told apart from a fault of the store: only the caller knows this file.
  await withSignal(access(source, constants.R_OK), signal)
  const copying = copyFile(source, file, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  try {
    await withSignal(copying, signal, { isStoreWork: true })
  } catch (error) {
    // A copy cannot be stopped: what it still makes goes when it is done.
    void copying.then(() => rm(file, { force: true })).catch(() => {})
    throw error
  }
  // The copy has the mode of its source, which may forbid everything that follows.
  await chmod(file, 0o666 & ~process.umask())
  // Some systems copy the time of the source along; that of an object is when it was put.
  const now = new Date()
  await utimes(file, now, now)
  await using opened = await OpenFile.open(file, 'r+')
  return await finish(opened)
}

async function finish(opened: OpenFile): Promise<WrittenFile> {
  await opened.syncData()
  return writtenFile(await opened.stat())
}

async function* slices(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SMALL_BYTES) yield bytes.subarray(at, at + SMALL_BYTES)
}
