import type { ArtifactFile, ArtifactRef, Port, ValueOf } from '@cairnml/core'

import type { ReadStores } from '../stack/open-stores.ts'
import type { Lineage, LineageOptions } from './lineage.ts'

/** Immutable bytes with a type, as a step made them. */
export interface StoredArtifact {
  /** As it is named in messages: `nightly/train/model`, or its digest. */
  readonly name: string
  /** Digest, type, size, metadata and preview. */
  readonly artifact: ArtifactRef
  /**
   * The value. What Cairn brings is read by its stored type; a type of your own has to be given.
   *
   * Paths that `file()` and `directory` give are private copies, which live as long as this process.
   *
   * @throws CAIRN_MATERIALIZER_UNKNOWN, CAIRN_ARTIFACT_TYPE, CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
   */
  load(): Promise<unknown>
  load<P extends Port>(type: P): Promise<ValueOf<P>>
  /** Its files; of a collection there are none, see `items`. */
  files(): Promise<readonly ArtifactFile[]>
  /** The items of a collection, in order. */
  items(): Promise<readonly StoredArtifact[]>
  /**
   * The bytes of one file, checked against their digest at the end.
   *
   * @param path may be left out where there is one file
   * @throws CAIRN_ARTIFACT_UNKNOWN, CAIRN_ARTIFACT_MISSING, CAIRN_ARTIFACT_CORRUPT
   */
  stream(path?: string): AsyncIterable<Uint8Array>
  /** What made it from what (`up`, the default), or who used it (`down`). */
  lineage(options?: LineageOptions): Promise<Lineage>
}

/** An artifact from its reference; content is read when it is asked for. */
export class RecordedArtifact implements StoredArtifact {
  readonly name: string
  readonly artifact: ArtifactRef
  readonly #stores: ReadStores
  /** The step run that made it, where it was named by that. */
  readonly #madeBy: string | undefined

  constructor(
    artifact: ArtifactRef,
    of: { readonly name: string; readonly stores: ReadStores; readonly madeBy?: string | undefined },
  ) {
    this.artifact = artifact
    this.name = of.name
    this.#stores = of.stores
    this.#madeBy = of.madeBy
  }

  load(): Promise<unknown>
  load<P extends Port>(type: P): Promise<ValueOf<P>>
  async load(type?: Port): Promise<unknown> {
    const { loadArtifact } = await import('./artifact-content.ts')
    return loadArtifact(this, { store: await this.#stores.artifacts(), type })
  }

  async files(): Promise<readonly ArtifactFile[]> {
    const { artifactFiles } = await import('./artifact-content.ts')
    return artifactFiles(this.artifact, await this.#stores.artifacts())
  }

  async items(): Promise<readonly StoredArtifact[]> {
    if (this.artifact.kind !== 'collection') return []
    const { readTree } = await import('@cairnml/core')
    const tree = await readTree(await this.#stores.artifacts(), this.artifact.digest)
    const items = tree.kind === 'collection' ? tree.items : []
    return items.map((item, at) => new RecordedArtifact(item, { name: `${this.name}[${at}]`, stores: this.#stores }))
  }

  async *stream(path?: string): AsyncIterable<Uint8Array> {
    const { streamFile } = await import('./artifact-content.ts')
    yield* streamFile(this, { store: await this.#stores.artifacts(), path })
  }

  async lineage(options: LineageOptions = {}): Promise<Lineage> {
    const { lineageOf } = await import('./lineage.ts')
    return lineageOf(this, { records: await this.#stores.records(), madeBy: this.#madeBy, ...options })
  }
}
