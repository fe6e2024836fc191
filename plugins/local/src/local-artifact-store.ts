import path from 'node:path'

import {
  assertObjectKey,
  assertObjectPrefix,
  type ArtifactStore,
  type DisposableComponent,
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type OperationOptions,
  type PutOptions,
  type PutResult,
} from '@cairnml/core'

import { FolderSync } from './folder-sync.ts'
import { obstacleOf } from './key-conflict.ts'
import { listKeys } from './object-list.ts'
import { putObject } from './object-put.ts'
import { readLarge, readSmall, statObject } from './object-read.ts'
import { removeObject } from './object-remove.ts'
import { probeStore } from './probe-store.ts'
import { storeFault } from './store-fault.ts'
import { StoreRoot, type StoreLocation } from './store-root.ts'

/**
 * An artifact store in a folder, which any number of processes may use at once. An object with the key `a/b` is the
 * file `a/b` below the folder.
 *
 * Every object is written to a temporary file, brought to the disk and renamed into its place. CAIRN_STORE_UNAVAILABLE
 * says that the file system refuses.
 */
export class LocalArtifactStore implements ArtifactStore, DisposableComponent {
  readonly name: string
  readonly type = 'local'
  readonly capabilities = { ifAbsent: true } as const
  readonly #root: StoreRoot
  readonly #folders = new FolderSync()

  constructor(location: StoreLocation) {
    this.name = location.name
    this.#root = new StoreRoot(location)
  }

  /** Whether files can be written, read and removed in its folder, or the folder can be made. */
  async check(options: OperationOptions = {}): Promise<void> {
    try {
      await probeStore(this.#root.path, options)
    } catch (error) {
      options.signal?.throwIfAborted()
      throw storeFault(this.name, 'be used', error)
    }
  }

  async put(key: string, body: ObjectBody, options: PutOptions = {}): Promise<PutResult> {
    this.#check(key, options)
    const onFolder = (folder: string): void => this.#folders.add(folder)
    try {
      return await putObject({ root: this.#root, key, body, options, onFolder })
    } catch (error) {
      throw storeFault(this.name, `put the object ${key}`, error)
    }
  }

  async get(key: string, options: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    this.#check(key, options)
    const { range = { start: 0 }, signal } = options
    try {
      const file = this.#root.objectPath(key)
      const bytes = readSmall(file, range)
      if (bytes === undefined) return undefined
      return bytes === 'large' ? this.#stream(key, readLarge(file, range, signal), signal) : once(bytes)
    } catch (error) {
      throw storeFault(this.name, `read the object ${key}`, error)
    }
  }

  async stat(key: string, options: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    this.#check(key, options)
    try {
      const found = statObject(this.#root.objectPath(key))
      return found === undefined ? undefined : { key, ...found }
    } catch (error) {
      throw storeFault(this.name, `look for the object ${key}`, error)
    }
  }

  async *list(prefix: string, options: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    options.signal?.throwIfAborted()
    try {
      for await (const key of listKeys(this.#root.path, prefix)) {
        options.signal?.throwIfAborted()
        const found = statObject(this.#root.objectPath(key))
        if (found !== undefined) yield { key, ...found }
      }
    } catch (error) {
      throw storeFault(this.name, `list the objects under "${prefix}"`, error)
    }
  }

  async delete(key: string, options: OperationOptions = {}): Promise<void> {
    this.#check(key, options)
    const file = this.#root.objectPath(key)
    try {
      if (await removeObject(this.#root.path, file)) this.#folders.add(path.dirname(file))
    } catch (error) {
      throw storeFault(this.name, `remove the object ${key}`, error)
    }
  }

  async obstacle(key: string): Promise<string | undefined> {
    assertObjectKey(key)
    return obstacleOf(this.#root.objectPath(key))
  }

  /** Resolves when everything that was put survives a power loss too. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folders.flush()
  }

  #check(key: string, { signal }: OperationOptions): void {
    assertObjectKey(key)
    signal?.throwIfAborted()
  }

  async *#stream(
    key: string,
    pieces: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): AsyncIterable<Uint8Array> {
    try {
      yield* pieces
    } catch (error) {
      signal?.throwIfAborted()
      throw storeFault(this.name, `read the object ${key} to its end`, error)
    }
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) yield bytes
}
