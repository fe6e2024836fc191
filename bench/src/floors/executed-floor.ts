import { closeSync, fdatasyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'

import { millisecondsOf } from '../measurement/samples.ts'
import type { TemporaryFolder } from '../stores/temporary-folder.ts'
import { FloorDatabase } from './floor-database.ts'

const BLOB = randomBytes(16)
const MANIFEST = randomBytes(800)

/**
 * The least that keeps a result durably: its content and its manifest, each written, synced and renamed into place,
 * and one transaction.
 */
export class ExecutedFloor implements Disposable {
  readonly #database: FloorDatabase
  readonly #folder: TemporaryFolder
  #files = 0

  constructor(folder: TemporaryFolder) {
    this.#folder = folder
    this.#database = new FloorDatabase(folder.join('executed-floor.sqlite'))
  }

  /** Milliseconds per time. */
  async sample(times: number): Promise<number> {
    const ms = await millisecondsOf(() => {
      for (let time = 0; time < times; time++) {
        this.#keep(BLOB)
        this.#keep(MANIFEST)
        this.#database.insertAlone(BLOB)
      }
    })
    return ms / times
  }

  #keep(bytes: Uint8Array): void {
    this.#files += 1
    const path = this.#folder.join(`floor-${this.#files}`)
    const file = openSync(`${path}.part`, 'wx')
    writeSync(file, bytes)
    fdatasyncSync(file)
    closeSync(file)
    renameSync(`${path}.part`, path)
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]()
  }
}
