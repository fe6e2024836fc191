import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import nodePath from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { FRESH_OUTSIDE, type OutsideState } from '../outside/outside-state.ts'
import type { FileReader } from '../materializer/materializer.ts'
import type { ArtifactFile } from './artifact-ref.ts'
import { assertArtifactPath } from './artifact-path.ts'
import { readContent, streamContent } from './blob.ts'
import { blobKey } from './layout.ts'

/** Where files come from and where private copies of them go. */
export interface FileReaderContext {
  readonly store: ArtifactStore
  readonly workDir: string
  readonly signal?: AbortSignal | undefined
  /** @default everything is looked at anew */
  readonly outside?: OutsideState | undefined
}

/** Reads the files of one artifact, checking every byte against its digest. */
export class StoreFileReader implements FileReader {
  readonly files: readonly ArtifactFile[]
  readonly #context: FileReaderContext
  #directory: string | undefined

  constructor(files: readonly ArtifactFile[], context: FileReaderContext) {
    for (const file of files) assertArtifactPath(file.path)
    this.files = files
    this.#context = context
  }

  get outside(): OutsideState {
    return this.#context.outside ?? FRESH_OUTSIDE
  }

  async bytes(path?: string): Promise<Uint8Array> {
    const file = this.#find(path)
    const { store, signal } = this.#context
    return readContent(store, blobKey(file.digest), { digest: file.digest, size: file.size, signal })
  }

  async text(path?: string): Promise<string> {
    return Buffer.from(await this.bytes(path)).toString('utf8')
  }

  stream(path?: string): AsyncIterable<Uint8Array> {
    const file = this.#find(path)
    const { store, signal } = this.#context
    return streamContent(store, blobKey(file.digest), { digest: file.digest, size: file.size, signal })
  }

  async local(path?: string): Promise<string> {
    const file = this.#find(path)
    const target = nodePath.join(await this.#privateDirectory(), ...file.path.split('/'))
    await mkdir(nodePath.dirname(target), { recursive: true })
    await pipeline(this.stream(file.path), createWriteStream(target), { signal: this.#context.signal })
    return target
  }

  async directory(): Promise<string> {
    for (const file of this.files) await this.local(file.path)
    return this.#privateDirectory()
  }

  async #privateDirectory(): Promise<string> {
    this.#directory ??= nodePath.join(this.#context.workDir, randomUUID())
    await mkdir(this.#directory, { recursive: true })
    return this.#directory
  }

  #find(path: string | undefined): ArtifactFile {
    const found =
      path === undefined && this.files.length === 1 ? this.files[0] : this.files.find((f) => f.path === path)
    if (found !== undefined) return found
    const problem = `the artifact has ${this.files.map((file) => file.path).join(', ') || 'no files'}`
    throw cairnError('CAIRN_ARTIFACT_PATH', { path: path ?? '', problem })
  }
}
