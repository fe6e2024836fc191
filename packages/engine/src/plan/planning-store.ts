import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

import type {
  ArtifactStore,
  GetOptions,
  ObjectBody,
  ObjectInfo,
  OperationOptions,
  PutOptions,
  PutResult,
} from '@cairnml/core'

type Planned = ObjectInfo & { readonly body: ObjectBody }

/** An artifact store as it would be after some writes: they are remembered and never done. */
export class PlanningStore implements ArtifactStore {
  readonly name: string
  readonly type: string
  readonly capabilities = {}
  readonly #inner: ArtifactStore
  readonly #planned = new Map<string, Planned>()

  constructor(inner: ArtifactStore) {
    this.name = inner.name
    this.type = inner.type
    this.#inner = inner
  }

  async put(key: string, body: ObjectBody, _options?: PutOptions): Promise<PutResult> {
    const kept = body instanceof Uint8Array || 'file' in body ? body : await collect(body)
    const info = { key, size: await sizeOf(kept), lastModifiedMs: Date.now() }
    this.#planned.set(key, { ...info, body: kept })
    return { ...info, written: true }
  }

  async get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array> | undefined> {
    const planned = this.#planned.get(key)
    return planned === undefined ? this.#inner.get(key, options) : streamOf(planned.body)
  }

  async stat(key: string, options?: OperationOptions): Promise<ObjectInfo | undefined> {
    return this.#planned.get(key) ?? this.#inner.stat(key, options)
  }

  list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo> {
    return this.#inner.list(prefix, options)
  }

  async delete(key: string): Promise<void> {
    this.#planned.delete(key)
  }
}

async function sizeOf(body: Uint8Array | { readonly file: string }): Promise<number> {
  return body instanceof Uint8Array ? body.length : (await stat(body.file)).size
}

async function* streamOf(body: ObjectBody): AsyncIterable<Uint8Array> {
  if (body instanceof Uint8Array) yield body
  else yield* 'file' in body ? createReadStream(body.file) : body
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
