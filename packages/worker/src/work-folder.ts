import { mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import os from 'node:os'
import nodePath from 'node:path'

/** Paths of the folders that are there; a process that leaves a step behind removes them when it exits. */
const open = new Set<string>()
let isWatched = false

/** A folder of one step run, made when first asked for and removed with everything in it at the end. */
export class WorkFolder implements AsyncDisposable {
  #path: string | undefined

  get path(): string {
    if (this.#path === undefined) {
      this.#path = nodePath.join(os.tmpdir(), `cairn-step-${randomUUID()}`)
      mkdirSync(this.#path, { mode: 0o700 })
      removeAtExit(this.#path)
    }
    return this.#path
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#path === undefined) return
    await rm(this.#path, { recursive: true, force: true, maxRetries: 3 })
    open.delete(this.#path)
  }
}

function removeAtExit(path: string): void {
  open.add(path)
  if (isWatched) return
  isWatched = true
  process.once('exit', () => {
    for (const left of open) rmSync(left, { recursive: true, force: true })
  })
}
