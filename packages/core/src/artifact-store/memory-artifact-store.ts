import { byCodeUnit } from '../encoding/plain-data.ts'
import type { OperationOptions } from '../plugin/component.ts'
import type { ArtifactStore, GetOptions, ObjectBody, ObjectInfo, PutOptions, PutResult } from './artifact-store.ts'
import { bodyBytes } from './body-blocks.ts'
import { assertObjectKey, assertObjectPrefix } from './object-key.ts'

interface StoredObject {
  readonly bytes: Uint8Array
  readonly info: ObjectInfo
}

/** The reference artifact store: a map in memory. It is the executable form of the port's promises. */
export class MemoryArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type = 'memory'
  readonly capabilities = { ifAbsent: true } as const
  readonly #objects = new Map<string, StoredObject>()

  constructor(name = 'memory') {
    this.name = name
  }

  async put(key: string, body: ObjectBody, options: PutOptions = {}): Promise<PutResult> {
    assertObjectKey(key)
    options.signal?.throwIfAborted()
    const bytes = await bodyBytes(body, options)
    const present = this.#objects.get(key)
    if (options.ifAbsent && present !== undefined) return { ...present.info, written: false }
    const info = { key, size: bytes.length, lastModifiedMs: Date.now() }
    this.#objects.set(key, { bytes, info })
    return { ...info, written: true }
  }

  async get(key: string, options: GetOptions = {}): Promise<AsyncIterable<Uint8Array> | undefined> {
    assertObjectKey(key)
    options.signal?.throwIfAborted()
    const object = this.#objects.get(key)
    if (object === undefined) return undefined
    const { start = 0, length = Number.POSITIVE_INFINITY } = options.range ?? {}
    return once(new Uint8Array(object.bytes.subarray(start, Math.min(object.bytes.length, start + length))))
  }

  async stat(key: string, options: OperationOptions = {}): Promise<ObjectInfo | undefined> {
    assertObjectKey(key)
    options.signal?.throwIfAborted()
    return this.#objects.get(key)?.info
  }

  async *list(prefix: string, options: OperationOptions = {}): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).toSorted(byCodeUnit)
    for (const key of keys) {
      options.signal?.throwIfAborted()
      const object = this.#objects.get(key)
      if (object !== undefined) yield object.info
    }
  }

  async delete(key: string, options: OperationOptions = {}): Promise<void> {
    assertObjectKey(key)
    options.signal?.throwIfAborted()
    this.#objects.delete(key)
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) yield bytes
}
