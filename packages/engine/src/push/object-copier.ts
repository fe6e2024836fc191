import {
  blobKey,
  cairnError,
  isFresh,
  markLayout,
  missingObject,
  readTree,
  streamContent,
  treeKey,
  type ArtifactRef,
  type ArtifactStore,
  type ObjectBody,
} from '@cairnml/core'

import { CountedStream } from './counted-stream.ts'
import { inParallel } from './in-parallel.ts'
import type { PushSides } from './open-push.ts'
import type { PushTally } from './push-report.ts'

/** Objects of one result that are copied at once. */
const WIDTH = 4
const DIGEST = /^[0-9a-f]{64}$/

/** How objects are copied. */
export interface CopyOptions {
  readonly tally: PushTally
  readonly dryRun: boolean
  readonly signal?: AbortSignal | undefined
  /** Called after each piece of an object. */
  readonly onBytes: () => void
}

interface Size {
  readonly digest: string
  readonly size: number
}

/** Copies objects from one artifact store to another, piece by piece, each once. */
export class ObjectCopier {
  readonly #from: ArtifactStore
  readonly #to: ArtifactStore
  readonly #options: CopyOptions
  readonly #begun = new Map<string, Promise<void>>()
  #marked: Promise<void> | undefined

  constructor({ from, to }: PushSides, options: CopyOptions) {
    this.#from = from.artifactStore
    this.#to = to.artifactStore
    this.#options = options
    if (to.isMarked) this.#marked = Promise.resolve()
  }

  /**
   * Everything that an artifact consists of: what lists refer to before the lists. Content whose digest is another one
   * does not arrive.
   *
   * @param isReferred whether a result over there refers to it: then what is there is safe from being cleaned up
   * @throws CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
   */
  async artifact(ref: ArtifactRef, isReferred: boolean): Promise<void> {
    this.#assertContent(ref)
    if (ref.kind === 'file') {
      const key = blobKey(ref.digest)
      return this.#once(key, () => this.#content(key, ref, isReferred))
    }
    const key = treeKey(ref.digest)
    const { signal } = this.#options
    const tree = await readTree(this.#from, ref.digest, { signal })
    const parts: readonly ArtifactRef[] =
      tree.kind === 'tree' ? tree.files.map((file) => ({ ...file, kind: 'file', type: '' })) : tree.items
    // Lists in lists go one after the other, so that there are never more than WIDTH at once.
    const width = parts.some(({ kind }) => kind !== 'file') ? 1 : WIDTH
    await inParallel(parts, width, (part) => this.artifact(part, isReferred))
    const info = await this.#from.stat(key, { signal })
    if (info === undefined) throw await missingObject(this.#from, key)
    return this.#once(key, () => this.#content(key, { digest: ref.digest, size: info.size }, isReferred))
  }

  /** An object without a digest, such as a part of a log, unless it is there. @throws as for content */
  plain(key: string, size: number): Promise<void> {
    return this.#once(key, () => this.#plain(key, size))
  }

  /**
   * An object from its bytes; not counted.
   *
   * @param isNew whether nothing lies there: then who is first wins
   */
  async bytes(key: string, body: ObjectBody, isNew: boolean): Promise<void> {
    if (this.#options.dryRun) return
    await this.marked()
    await this.#to.put(key, body, this.#how(isNew))
  }

  #once(key: string, copy: () => Promise<void>): Promise<void> {
    const begun = this.#begun.get(key) ?? copy()
    this.#begun.set(key, begun)
    return begun
  }

  async #plain(key: string, size: number): Promise<void> {
    const there = await this.#to.stat(key, { signal: this.#options.signal })
    if (there !== undefined) return this.#present()
    await this.#put(key, () => this.#whole(key, size), { size, isNew: true })
  }

  async #content(key: string, content: Size, isReferred: boolean): Promise<void> {
    const { signal } = this.#options
    const there = await this.#to.stat(key, { signal })
    const isThere = there?.size === content.size
    // What nothing refers to and is not new may be about to be cleaned up: it is put again.
    if (isThere && (isReferred || isFresh(there))) return this.#present()
    const here = await this.#from.stat(key, { signal })
    if (here === undefined && isThere) return this.#present()
    if (here === undefined) throw await missingObject(this.#from, key)
    const stream = (): AsyncIterable<Uint8Array> => streamContent(this.#from, key, { ...content, signal })
    await this.#put(key, stream, { size: content.size, isNew: there === undefined })
  }

  async #put(
    key: string,
    stream: () => AsyncIterable<Uint8Array>,
    { size, isNew }: { readonly size: number; readonly isNew: boolean },
  ): Promise<void> {
    const { tally, dryRun } = this.#options
    if (dryRun) tally.objects.bytes += size
    else {
      await this.marked()
      const source = new CountedStream(stream(), (bytes) => this.#count(bytes))
      try {
        await this.#to.put(key, source, this.#how(isNew))
      } catch (error) {
        // Stores wrap what the stream throws as they like.
        throw source.fault ?? error
      }
    }
    tally.objects.copied += 1
    this.#count(0)
  }

  async *#whole(key: string, size: number): AsyncGenerator<Uint8Array> {
    const stream = await this.#from.get(key, { signal: this.#options.signal })
    if (stream === undefined) throw await missingObject(this.#from, key)
    let found = 0
    for await (const chunk of stream) {
      found += chunk.length
      yield chunk
    }
    if (found !== size) throw this.#corrupt(key, `it has ${found} bytes instead of ${size}`)
  }

  #count(bytes: number): void {
    this.#options.tally.objects.bytes += bytes
    this.#options.onBytes()
  }

  #present(): void {
    this.#options.tally.objects.present += 1
  }

  #how(isNew: boolean): { readonly signal: AbortSignal | undefined; readonly ifAbsent?: true } {
    const { signal } = this.#options
    return isNew && this.#to.capabilities.ifAbsent === true ? { signal, ifAbsent: true } : { signal }
  }

  /** Gives a new store its layout mark, once. */
  marked(): Promise<void> {
    return (this.#marked ??= markLayout(this.#to, { signal: this.#options.signal }))
  }

  /** Keys are made of digests, and manifests and lists may come from anywhere. */
  #assertContent({ digest, size }: Size): void {
    if (DIGEST.test(digest) && Number.isSafeInteger(size) && size >= 0) return
    throw this.#corrupt(String(digest).slice(0, 80), 'what refers to it names no digest and size')
  }

  #corrupt(key: string, problem: string): Error {
    return cairnError('CAIRN_ARTIFACT_CORRUPT', { key, store: this.#from.name, problem })
  }
}
