import { closeSync, fstatSync, lstatSync, openSync, readSync } from 'node:fs'

import type { ByteRange } from '@cairnml/core'

import { OpenFile } from './open-file.ts'
import { writtenFile, type WrittenFile } from './object-write.ts'
import { isMissing } from './store-fault.ts'

/** Up to this many bytes are read in one go, without giving way to other work. */
const SMALL_BYTES = 1024 * 1024

/** The facts of an object's file, or `undefined` where there is none: folders and symbolic links are no objects. */
export function statObject(file: string): WrittenFile | undefined {
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false })
    return stats?.isFile() ? writtenFile(stats) : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The bytes of an object at once if they are few, `undefined` where there is none, or that they are many. */
export function readSmall(file: string, range: ByteRange): Uint8Array | 'large' | undefined {
  if (statObject(file) === undefined) return undefined
  const descriptor = openSync(file, 'r')
  try {
    const { start, end } = clip(range, fstatSync(descriptor).size)
    if (end - start > SMALL_BYTES) return 'large'
    const bytes = new Uint8Array(end - start)
    let at = 0
    while (at < bytes.length) {
      const read = readSync(descriptor, bytes, at, bytes.length - at, start + at)
      if (read === 0) break
      at += read
    }
    return bytes.subarray(0, at)
  } finally {
    closeSync(descriptor)
  }
}

/** The bytes of a large object in pieces. The file is opened when they are asked for, and is one and the same. */
export async function* readLarge(
  file: string,
  range: ByteRange,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  await using opened = await OpenFile.open(file, 'r')
  const { start, end } = clip(range, (await opened.stat()).size)
  if (end <= start) return
  signal?.throwIfAborted()
  for await (const chunk of opened.read({ start, end })) {
    signal?.throwIfAborted()
    yield chunk
  }
}

function clip({ start, length }: ByteRange, size: number): { readonly start: number; readonly end: number } {
  const from = Math.min(start, size)
  return { start: from, end: length === undefined ? size : Math.min(from + length, size) }
}
