import { hash, randomBytes } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'

import { millisecondsOf } from '../measurement/samples.ts'
import type { TemporaryFolder } from '../stores/temporary-folder.ts'
import { FloorDatabase } from './floor-database.ts'

/**
 * The least that reuse of a result has to do: digest what identifies it, see that its file is there, and record one
 * row, with commits in groups of 256.
 */
export class CachedFloor implements Disposable {
  readonly #database: FloorDatabase
  readonly #file: string
  readonly #bytes = randomBytes(1024)

  constructor(folder: TemporaryFolder) {
    this.#database = new FloorDatabase(folder.join('cached-floor.sqlite'))
    this.#file = folder.join('cached-floor.blob')
    writeFileSync(this.#file, this.#bytes)
  }

  /** Milliseconds per time. */
  async sample(times: number): Promise<number> {
    const ms = await millisecondsOf(() => {
      for (let time = 0; time < times; time++) {
        this.#bytes.writeUInt32LE(time)
        const key = hash('sha256', this.#bytes, 'buffer')
        if (statSync(this.#file).size !== this.#bytes.length) throw new Error('The file of the floor has changed.')
        this.#database.insertGrouped(key)
      }
      this.#database.endGroup()
    })
    return ms / times
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]()
  }
}
