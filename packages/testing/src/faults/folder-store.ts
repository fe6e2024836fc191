import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import nodePath from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ArtifactStore, ObjectBody, ObjectInfo, PutOptions, PutResult } from '@cairnml/core'

/** What a store in a folder may do wrong. */
export type FolderStoreFault = 'nothing' | 'writes in place' | 'looks before it puts' | 'promises before it writes'

const LATE_MS = 100

/** A small store in a folder, right but for its fault, which shows only among processes. */
export class FolderStore implements ArtifactStore {
  readonly name = 'folder'
  readonly type = 'folder'
  readonly capabilities = { ifAbsent: true } as const
  readonly #folder: string
  readonly #fault: FolderStoreFault

  constructor(folder: string, fault: FolderStoreFault) {
    this.#folder = folder
    this.#fault = fault
  }

  async put(key: string, body: ObjectBody, options: PutOptions = {}): Promise<PutResult> {
    await mkdir(this.#folder, { recursive: true })
    if (this.#fault === 'writes in place') {
      await write(body, this.#fileOf(key))
      return this.#result(key, true)
    }
    const isThere = options.ifAbsent === true && existsSync(this.#fileOf(key))
    const draft = nodePath.join(this.#folder, `~${randomUUID()}`)
    await write(body, draft)
    if (this.#fault === 'promises before it writes') {
      const { size, mtimeMs } = await stat(draft)
      setTimeout(() => void rename(draft, this.#fileOf(key)), LATE_MS)
      return { key, size, lastModifiedMs: mtimeMs, written: true }
    }
    return this.#result(key, await this.#place(draft, key, { ...options, isThere }))
  }

  async get(key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const bytes = await readFile(this.#fileOf(key)).catch(() => undefined)
    if (bytes === undefined) return undefined
    return (async function* () {
      yield bytes
    })()
  }

  async stat(key: string): Promise<ObjectInfo | undefined> {
    const info = await stat(this.#fileOf(key)).catch(() => undefined)
    return info && { key, size: info.size, lastModifiedMs: info.mtimeMs }
  }

  async *list(prefix: string): AsyncIterable<ObjectInfo> {
    const names = await readdir(this.#folder).catch(() => [])
    const keys = names.filter((name) => !name.startsWith('~')).map(decodeURIComponent)
    for (const key of keys.filter((each) => each.startsWith(prefix)).toSorted()) {
      const info = await this.stat(key)
      if (info !== undefined) yield info
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.#fileOf(key), { force: true })
  }

  async #place(
    draft: string,
    key: string,
    how: { ifAbsent?: boolean | undefined; isThere: boolean },
  ): Promise<boolean> {
    if (how.ifAbsent !== true || (this.#fault === 'looks before it puts' && !how.isThere)) {
      await rename(draft, this.#fileOf(key))
      return true
    }
    const placed = await link(draft, this.#fileOf(key)).then(
      () => true,
      () => false,
    )
    await rm(draft)
    return placed
  }

  async #result(key: string, written: boolean): Promise<PutResult> {
    const info = await this.stat(key)
    if (info === undefined) throw new Error(`${key} is gone`)
    return { ...info, written }
  }

  #fileOf(key: string): string {
    return nodePath.join(this.#folder, encodeURIComponent(key))
  }
}

function write(body: ObjectBody, file: string): Promise<void> {
  const source = body instanceof Uint8Array ? [body] : 'file' in body ? createReadStream(body.file) : body
  return pipeline(source, createWriteStream(file))
}
