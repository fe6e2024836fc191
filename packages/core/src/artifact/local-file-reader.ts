import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import nodePath from 'node:path'

import type { FileReader } from '../materializer/materializer.ts'
import { FRESH_OUTSIDE, type OutsideState } from '../outside/outside-state.ts'
import type { ArtifactFile } from './artifact-ref.ts'

/** Reads a file of this machine as if it were the only file of an artifact. It is not copied, and has no digest yet. */
export class LocalFileReader implements FileReader {
  readonly files: readonly ArtifactFile[]
  readonly outside: OutsideState = FRESH_OUTSIDE
  readonly #file: string

  constructor(file: string, size: number) {
    this.#file = file
    this.files = [{ path: nodePath.basename(file), digest: '', size }]
  }

  bytes(): Promise<Uint8Array> {
    return readFile(this.#file)
  }

  text(): Promise<string> {
    return readFile(this.#file, 'utf8')
  }

  stream(): AsyncIterable<Uint8Array> {
    return createReadStream(this.#file)
  }

  local(): Promise<string> {
    return Promise.resolve(this.#file)
  }

  directory(): Promise<string> {
    return Promise.reject(new TypeError('a single file is no folder'))
  }
}
