import type {
  ArtifactStore,
  GetOptions,
  ObjectBody,
  ObjectInfo,
  OperationOptions,
  PutOptions,
  PutResult,
} from '@cairnml/core'

import type { StopSwitch } from './stop-switch.ts'

/** An artifact store that stops with a switch; puts and deletes count as writes. */
export class StoppingArtifactStore implements ArtifactStore {
  readonly name: string
  readonly type: string
  readonly capabilities: ArtifactStore['capabilities']
  readonly #inner: ArtifactStore
  readonly #stop: StopSwitch

  constructor(inner: ArtifactStore, stop: StopSwitch) {
    this.name = inner.name
    this.type = inner.type
    this.capabilities = inner.capabilities
    this.#inner = inner
    this.#stop = stop
  }

  put(key: string, body: ObjectBody, options?: PutOptions): Promise<PutResult> {
    return this.#stop.write(() => this.#inner.put(key, body, options))
  }

  get(key: string, options?: GetOptions): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.#stop.pass(() => this.#inner.get(key, options))
  }

  stat(key: string, options?: OperationOptions): Promise<ObjectInfo | undefined> {
    return this.#stop.pass(() => this.#inner.stat(key, options))
  }

  list(prefix: string, options?: OperationOptions): AsyncIterable<ObjectInfo> {
    return this.#stop.each(this.#inner.list(prefix, options))
  }

  delete(key: string, options?: OperationOptions): Promise<void> {
    return this.#stop.write(() => this.#inner.delete(key, options))
  }
}
