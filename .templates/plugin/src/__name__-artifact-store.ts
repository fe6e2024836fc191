import {
  assertObjectKey,
  assertObjectPrefix,
  MemoryArtifactStore,
  type ArtifactStore,
  type ArtifactStoreCapabilities,
  type GetOptions,
  type ObjectBody,
  type ObjectInfo,
  type OperationOptions,
  type PutOptions,
  type PutResult,
} from '@cairnml/core'

import type { __Name__Options } from './__name__-options.ts'

/** An artifact store on __Name__. It passes the conformance suite as it stands: put your service in place of `#client`. */
export class __Name__ArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type = '__name__'
  readonly capabilities: ArtifactStoreCapabilities = { ifAbsent: true }
  readonly #client = new MemoryArtifactStore()
  readonly #prefix: string

  constructor(name: string, options: __Name__Options = {}) {
    this.name = name
    this.#prefix = options.prefix ?? ''
  }

  async put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult> {
    assertObjectKey(key)
    const result = await this.#client.put(this.#prefix + key, body, options)
    return { ...result, key }
  }

  async get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array> | undefined> {
    assertObjectKey(key)
    return this.#client.get(this.#prefix + key, options)
  }

  async stat(key: string, options?: OperationOptions): Promise<ObjectInfo | undefined> {
    assertObjectKey(key)
    const info = await this.#client.stat(this.#prefix + key, options)
    return info && { ...info, key }
  }

  async *list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo> {
    assertObjectPrefix(prefix)
    for await (const info of this.#client.list(this.#prefix + prefix, options)) {
      yield { ...info, key: info.key.slice(this.#prefix.length) }
    }
  }

  async delete(key: string, options?: OperationOptions): Promise<void> {
    assertObjectKey(key)
    await this.#client.delete(this.#prefix + key, options)
  }
}
