import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { describe, expect, it } from 'vitest'

import { scratchFolder } from '../../test/scratch-folder.ts'
import { SqliteCacheIndex } from '../sqlite-cache-index.ts'
import { SqliteMetadataStore } from '../sqlite-metadata-store.ts'
import type { StoreLocation } from '../store-location.ts'

const PIPELINE = { id: 'p', revision: 1, name: 'p', createdAt: 1 }

const stores = [
  ['metadata store', (location: StoreLocation) => new SqliteMetadataStore(location)],
  ['cache index', (location: StoreLocation) => new SqliteCacheIndex(location)],
] as const

const locationIn = (project: string): StoreLocation => {
  const cairnDir = path.join(project, '.cairn')
  return { name: 'sqlite', cairnDir, file: path.join(cairnDir, 'db.sqlite'), busyTimeoutMs: 20 }
}

async function made(project: string, open: (location: StoreLocation) => object): Promise<StoreLocation> {
  const location = locationIn(project)
  const store = open(location)
  if (store instanceof SqliteMetadataStore)
    await andClose(store, () => store.write([{ op: 'insert', kind: 'pipeline', record: PIPELINE }]))
  if (store instanceof SqliteCacheIndex) await andClose(store, () => store.secret())
  return location
}

async function andClose(store: AsyncDisposable, work: () => Promise<unknown>): Promise<void> {
  await work()
  await store[Symbol.asyncDispose]()
}

describe.each(stores)('the check of the SQLite %s', (_name, open) => {
  it('makes no folder and no file', async () => {
    using project = scratchFolder()
    await open(locationIn(project.path)).check()
    expect(existsSync(path.join(project.path, '.cairn'))).toBe(false)
  })

  it('passes a sound database and leaves it as it is', async () => {
    using project = scratchFolder()
    const location = await made(project.path, open)
    const before = readFileSync(location.file)
    await open(location).check()
    expect(readFileSync(location.file).equals(before)).toBe(true)
    expect(readdirSync(location.cairnDir).toSorted()).toEqual(['.gitignore', 'db.sqlite'])
  })

  it('says that a file is none of its own, or damaged', async () => {
    using project = scratchFolder()
    const location = await made(project.path, open)
    const bytes = readFileSync(location.file)
    writeFileSync(location.file, 'no database, but some text that is long enough to be a header '.repeat(4))
    await expect(open(location).check()).rejects.toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
    writeFileSync(location.file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]))
    await expect(open(location).check()).rejects.toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
  })

  it('says that somebody else has the lock', async () => {
    using project = scratchFolder()
    const location = await made(project.path, open)
    using holder = new DatabaseSync(location.file)
    holder.exec('BEGIN IMMEDIATE')
    await expect(open(location).check()).rejects.toMatchObject({ code: 'CAIRN_DATABASE_BUSY' })
  })

  it('says that its folder cannot be made', async () => {
    using project = scratchFolder()
    mkdirSync(project.path, { recursive: true })
    writeFileSync(path.join(project.path, '.cairn'), 'a file')
    await expect(open(locationIn(project.path)).check()).rejects.toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
  })

  it('ends with the reason of its signal', async () => {
    using project = scratchFolder()
    const reason = new Error('enough')
    await expect(open(locationIn(project.path)).check({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})
