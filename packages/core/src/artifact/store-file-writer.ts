import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import nodePath from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ArtifactStore } from '../artifact-store/artifact-store.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { FRESH_OUTSIDE, type OutsideState } from '../outside/outside-state.ts'
import type { FileWriter } from '../materializer/materializer.ts'
import type { ArtifactFile } from './artifact-ref.ts'
import { assertArtifactPath } from './artifact-path.ts'
import { contentOf, contentOfFile, isIntact, putContent, type Content } from './blob.ts'
import { fileSignature } from './file-signature.ts'
import { blobKey } from './layout.ts'

/** Where files go on their way into the store. */
export interface FileWriterContext {
  readonly store: ArtifactStore
  readonly workDir: string
  readonly signal?: AbortSignal | undefined
  /** @default everything is looked at anew */
  readonly outside?: OutsideState | undefined
}

/** Stores files by their content and remembers them. */
export class StoreFileWriter implements FileWriter {
  readonly #context: FileWriterContext
  readonly #files = new Map<string, ArtifactFile>()
  readonly #writes: Promise<void>[] = []
  /** Folded paths of files, and of the folders that they lie in. */
  readonly #taken = new Map<string, 'file' | 'folder'>()

  constructor(context: FileWriterContext) {
    this.#context = context
  }

  get outside(): OutsideState {
    return this.#context.outside ?? FRESH_OUTSIDE
  }

  /** What was written, in the order of writing. */
  get files(): readonly ArtifactFile[] {
    return [...this.#files.values()]
  }

  /** Resolves when everything is stored, also what a materializer did not wait for; rejects if any of it failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#writes)
  }

  write(path: string, data: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    return this.#remember(this.#write(path, data))
  }

  copy(path: string, file: string): Promise<void> {
    return this.#remember(this.#copy(path, file))
  }

  #remember(write: Promise<void>): Promise<void> {
    // Whoever forgets to await it hears of its failure from `settled`.
    write.catch(() => undefined)
    this.#writes.push(write)
    return write
  }

  async #write(path: string, data: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    this.#reserve(path)
    if (typeof data !== 'string' && !(data instanceof Uint8Array)) return this.#spool(path, data)
    const body = typeof data === 'string' ? Buffer.from(data) : data
    const content = contentOf(body)
    await this.#put(path, content, body)
  }

  async #copy(path: string, file: string): Promise<void> {
    this.#reserve(path)
    const before = await fileSignature(file)
    const content = await contentOfFile(file, this.#context)
    await this.#put(path, content, { file })
    if ((await fileSignature(file)) === before) return
    // What was put may be neither what the file was nor what it is.
    const { store, signal } = this.#context
    const key = blobKey(content.digest)
    if (!(await isIntact(store, key, { ...content, signal }))) await store.delete(key)
    throw cairnError('CAIRN_FILE_CHANGED', { file })
  }

  /** A stream's digest is known only at its end, so it waits in a file. */
  async #spool(path: string, data: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(this.#context.workDir, { recursive: true })
    const file = nodePath.join(this.#context.workDir, `spool-${randomUUID()}`)
    const digest = createHash('sha256')
    let size = 0
    async function* hashed(): AsyncIterable<Uint8Array> {
      for await (const chunk of data) {
        // The size of text is not its number of characters.
        if (!(chunk instanceof Uint8Array))
          throw new TypeError(`the stream for ${path} gave ${typeof chunk}, not bytes`)
        digest.update(chunk)
        size += chunk.length
        yield chunk
      }
    }
    const spool = createWriteStream(file)
    try {
      await pipeline(hashed, spool, { signal: this.#context.signal })
      await this.#put(path, { digest: digest.digest('hex'), size }, { file })
    } finally {
      // A file that is still being opened would appear after its removal.
      if (!spool.closed) await new Promise<void>((resolve) => spool.once('close', () => resolve()))
      await rm(file, { force: true })
    }
  }

  async #put(path: string, content: Content, body: Uint8Array | { readonly file: string }): Promise<void> {
    const { store, signal } = this.#context
    await putContent(store, blobKey(content.digest), { ...content, body, signal })
    this.#files.set(foldPath(path), { path, digest: content.digest, size: content.size })
  }

  #reserve(path: string): void {
    assertArtifactPath(path)
    const folded = foldPath(path)
    const folders = [...folded.matchAll(/\//g)].map(({ index }) => folded.slice(0, index))
    if (this.#taken.has(folded) || folders.some((folder) => this.#taken.get(folder) === 'file')) {
      const problem = 'a file or folder of this name, ignoring case, is there already'
      throw cairnError('CAIRN_ARTIFACT_PATH', { path, problem })
    }
    this.#taken.set(folded, 'file')
    for (const folder of folders) this.#taken.set(folder, 'folder')
  }
}

/** The form in which paths clash on some file system: ignoring case and how accents are composed. */
function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
