import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, rename, rm, stat } from 'node:fs/promises'
import nodePath from 'node:path'

import {
  assertObjectKey,
  assertObjectPrefix,
  cairnError,
  type ArtifactStore,
  type ArtifactStoreCapabilities,
  type ByteRange,
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type OperationOptions,
  type PutOptions,
  type PutResult,
} from '@cairnml/core'

import { writeBody } from './object-body.ts'
import { keysBelow } from './object-keys.ts'

/** A key may be the folder of another one, which no file can be, and longer than names of files. */
const IN_THE_WAY = new Set(['EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ENOTDIR', 'ENOTEMPTY'])
const ABSENT = new Set(['ENAMETOOLONG', 'ENOENT', 'ENOTDIR'])
/** No key holds this sign, so no object can lie there. */
const TEMPORARY = '@tmp'

/** An artifact store of files: the key of an object is its path below one folder. */
export class AcmeArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type = 'acme'
  readonly capabilities: ArtifactStoreCapabilities = { ifAbsent: true }
  readonly #root: string

  /** @param root folder of the objects, absolute; it is made with the first object */
  constructor(name: string, root: string) {
    this.name = name
    this.#root = root
  }

  async put(key: string, body: ObjectBody, options: PutOptions = {}): Promise<PutResult> {
    const target = this.#file(key)
    const present = options.ifAbsent === true ? await this.stat(key, options) : undefined
    if (present !== undefined) return { ...present, written: false }
    const temporary = nodePath.join(this.#root, TEMPORARY, randomUUID())
    try {
      await mkdir(nodePath.dirname(temporary), { recursive: true })
      await writeBody(temporary, body, options.signal)
      const { size, mtimeMs } = await stat(temporary)
      options.signal?.throwIfAborted()
      const written = await place({ temporary, target, key }, options)
      if (written) return { key, size, lastModifiedMs: Math.trunc(mtimeMs), written }
      // Somebody else was first.
      const winner = await this.stat(key)
      return { key, size, lastModifiedMs: Math.trunc(mtimeMs), ...winner, written }
    } finally {
      await rm(temporary, { force: true })
    }
  }

  async get(key: string, options: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    if ((await this.stat(key, options)) === undefined) return undefined
    return readFrom(this.#file(key), options)
  }

  async stat(key: string, options: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    const file = this.#file(key)
    options.signal?.throwIfAborted()
    try {
      const found = await stat(file)
      if (!found.isFile()) return undefined
      return { key, size: found.size, lastModifiedMs: Math.trunc(found.mtimeMs) }
    } catch (error) {
      if (ABSENT.has(codeOf(error) ?? '')) return undefined
      throw error
    }
  }

  async *list(prefix: string, options: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    options.signal?.throwIfAborted()
    for await (const key of keysBelow(this.#root, prefix)) {
      const info = await this.stat(key, options)
      if (info !== undefined) yield info
    }
    options.signal?.throwIfAborted()
  }

  async delete(key: string, options: OperationOptions = {}): Promise<void> {
    if ((await this.stat(key, options)) !== undefined) await rm(this.#file(key), { force: true })
  }

  #file(key: string): string {
    assertObjectKey(key)
    return nodePath.join(this.#root, key)
  }
}

/** Both ways are one step of the file system: a reader sees the old object or the new one, and never a part. */
async function place(
  { temporary, target, key }: { readonly temporary: string; readonly target: string; readonly key: string },
  { ifAbsent = false }: PutOptions,
): Promise<boolean> {
  try {
    await mkdir(nodePath.dirname(target), { recursive: true })
    await (ifAbsent ? link(temporary, target) : rename(temporary, target))
    return true
  } catch (error) {
    const code = codeOf(error) ?? ''
    if (ifAbsent && code === 'EEXIST' && (await stat(target).catch(() => undefined))?.isFile() === true) return false
    if (!IN_THE_WAY.has(code)) throw error
    const problem = 'the file system has something else in its place, or cannot have it'
    throw cairnError('CAIRN_STORE_KEY_INVALID', { key, problem }, { cause: error })
  }
}

async function* readFrom(
  file: string,
  { range, signal }: { readonly range?: ByteRange | undefined; readonly signal?: AbortSignal | undefined },
): AsyncIterable<Uint8Array> {
  const { start = 0, length = Number.POSITIVE_INFINITY } = range ?? {}
  if (length === 0) return
  // `createReadStream` reads up to and with `end`.
  for await (const chunk of createReadStream(file, { start, end: start + length - 1 })) {
    signal?.throwIfAborted()
    yield chunk as Buffer
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
