import path from 'node:path'

import { makeLocalFolder } from '@cairnml/core'

import { sweepTemporaryFiles, temporaryName } from './temporary-files.ts'

/** Where an artifact store lies. */
export interface StoreLocation {
  /** The instance, as named in the stack. */
  readonly name: string
  /** The folder of the store, absolute. */
  readonly path: string
  /** The project's folder for local state; it gets a `.gitignore` if the store makes it. */
  readonly cairnDir?: string | undefined
}

/** The folder of a store and its temporary files. Nothing is made before something is written. */
export class StoreRoot {
  /** Absolute. */
  readonly path: string
  readonly #location: StoreLocation
  /** For files on their way. No key can hold the character `@`, so no object lies here. */
  readonly #temporaryFolder: string
  #isPrepared = false

  constructor(location: StoreLocation) {
    this.#location = location
    this.path = path.resolve(location.path)
    this.#temporaryFolder = path.join(this.path, '@tmp')
  }

  /** Makes the folders, where that was not done yet. */
  prepare({ again = false }: { readonly again?: boolean } = {}): void {
    if (this.#isPrepared && !again) return
    const { cairnDir } = this.#location
    makeLocalFolder(this.#temporaryFolder, cairnDir)
    // In the background: what is left behind disturbs nobody.
    if (!this.#isPrepared) void sweepTemporaryFiles(this.#temporaryFolder).catch(() => {})
    this.#isPrepared = true
  }

  /** Where an object with a key that was checked lies. */
  objectPath(key: string): string {
    return path.join(this.path, key)
  }

  /** The path of a new temporary file. */
  temporaryPath(): string {
    return path.join(this.#temporaryFolder, temporaryName())
  }

  /** The path of a lock; equal names give equal locks. */
  lockPath(name: string): string {
    return path.join(this.#temporaryFolder, `lock-${name}`)
  }
}
