import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import os from 'node:os'
import nodePath from 'node:path'

/** A folder of one step run, made when first asked for and removed with everything in it at the end. */
export class WorkFolder implements AsyncDisposable {
  #path: string | undefined

  get path(): string {
    if (this.#path === undefined) {
      this.#path = nodePath.join(os.tmpdir(), `cairn-step-${randomUUID()}`)
      mkdirSync(this.#path, { mode: 0o700 })
    }
    return this.#path
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#path !== undefined) await rm(this.#path, { recursive: true, force: true, maxRetries: 3 })
  }
}
