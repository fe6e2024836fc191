import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'

import { describe, expect, it } from 'vitest'

import { scratchFolder } from '../../test/scratch-folder.ts'
import { Database } from './database.ts'
import type { DatabaseSchema } from './database-schema.ts'

const FIRST = 'CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)'
const SECOND = 'ALTER TABLE thing ADD COLUMN colour TEXT; CREATE INDEX thing_by_name ON thing (name)'
const SCHEMA: DatabaseSchema = { applicationId: 77, migrations: [FIRST] }

/** Has the write lock of a new file for a moment. */
const HOLDER = `
  const { DatabaseSync } = require('node:sqlite')
  const { parentPort, workerData } = require('node:worker_threads')
  const database = new DatabaseSync(workerData)
  database.exec('BEGIN IMMEDIATE')
  parentPort.postMessage('held')
  setTimeout(() => { database.exec('ROLLBACK'); database.close() }, 100)
`

function open(project: string, schema = SCHEMA, busyTimeoutMs = 200): Database {
  const cairnDir = path.join(project, '.cairn')
  return new Database({ file: path.join(cairnDir, 'db.sqlite'), cairnDir, schema, busyTimeoutMs })
}

function fileIn(project: string, content: string | Uint8Array = ''): string {
  mkdirSync(path.join(project, '.cairn'), { recursive: true })
  const file = path.join(project, '.cairn/db.sqlite')
  if (content.length > 0) writeFileSync(file, content)
  return file
}

function errorOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

describe('opening a database', () => {
  it('makes the folder for local state with a .gitignore for all of it', () => {
    using project = scratchFolder()
    open(project.path).close()
    expect(readFileSync(path.join(project.path, '.cairn/.gitignore'), 'utf8')).toBe('*\n')
  })

  it('writes no .gitignore into a folder that exists, nor into another one', () => {
    using project = scratchFolder()
    const cairnDir = path.join(project.path, '.cairn')
    mkdirSync(cairnDir)
    open(project.path).close()
    expect(existsSync(path.join(cairnDir, '.gitignore'))).toBe(false)
    const elsewhere = path.join(project.path, 'data/deep/db.sqlite')
    new Database({ file: elsewhere, cairnDir: path.join(project.path, 'other'), schema: SCHEMA }).close()
    expect(readdirSync(project.path).toSorted()).toEqual(['.cairn', 'data'])
    expect(readdirSync(path.join(project.path, 'data/deep'))).toEqual(['db.sqlite'])
  })

  it('uses a write-ahead log', () => {
    using project = scratchFolder()
    const database = open(project.path)
    expect({ ...database.prepare('PRAGMA journal_mode').get() }).toEqual({ journal_mode: 'wal' })
    expect({ ...database.prepare('PRAGMA synchronous').get() }).toEqual({ synchronous: 1 })
    database.close()
  })

  it('applies the migrations that are missing and keeps the rows', () => {
    using project = scratchFolder()
    const before = open(project.path)
    before.transaction('write', () => before.prepare('INSERT INTO thing (name) VALUES (?)').run('a'))
    before.close()
    const after = open(project.path, { ...SCHEMA, migrations: [FIRST, SECOND] })
    expect({ ...after.prepare('SELECT name, colour FROM thing').get() }).toEqual({ name: 'a', colour: null })
    expect({ ...after.prepare('PRAGMA user_version').get() }).toEqual({ user_version: 2 })
    after.close()
  })

  it('leaves the database as it was when a migration fails', () => {
    using project = scratchFolder()
    open(project.path).close()
    const broken = { ...SCHEMA, migrations: [FIRST, `${SECOND}; CREATE TABLE thing (x)`] }
    expect(errorOf(() => open(project.path, broken))).toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
    const again = open(project.path)
    expect(again.prepare('PRAGMA table_info(thing)').all()).toHaveLength(2)
    again.close()
  })
})

describe('a file that cannot be used is left as it is:', () => {
  it('one with a newer schema', () => {
    using project = scratchFolder()
    open(project.path, { ...SCHEMA, migrations: [FIRST, SECOND] }).close()
    const file = fileIn(project.path)
    const before = readFileSync(file)
    expect(errorOf(() => open(project.path))).toMatchObject({
      code: 'CAIRN_DATABASE_NEWER',
      details: { file, found: 2, known: 1 },
    })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('one whose newer schema is still in the write-ahead log', () => {
    using project = scratchFolder()
    const newer = open(project.path, { ...SCHEMA, migrations: [FIRST, SECOND] })
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_DATABASE_NEWER' })
    newer.close()
  })

  it.each([
    ['text', 'hello'],
    ['long text', 'hello world '.repeat(1000)],
    ['random bytes', Uint8Array.from({ length: 9000 }, (_, i) => (i * 7919) % 251)],
    ['the first half of a header', 'SQLite format 3\0'],
  ])('one with %s', (_, content) => {
    using project = scratchFolder()
    const file = fileIn(project.path, content)
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE', details: { file } })
    expect(readFileSync(file).equals(Buffer.from(content))).toBe(true)
    expect(readdirSync(path.dirname(file))).toEqual(['db.sqlite'])
  })

  it('a torn database', () => {
    using project = scratchFolder()
    const database = open(project.path)
    database.transaction('write', () => {
      for (let i = 0; i < 1000; i++) database.prepare('INSERT INTO thing (name) VALUES (?)').run('x'.repeat(100))
    })
    database.close()
    const file = fileIn(project.path)
    const torn = readFileSync(file)
    torn.fill(0x5a, 100, 4096)
    writeFileSync(file, torn)
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
    expect(readFileSync(file).equals(torn)).toBe(true)
  })

  it('a folder', () => {
    using project = scratchFolder()
    mkdirSync(path.join(project.path, '.cairn/db.sqlite'), { recursive: true })
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
  })

  it('the database of another program', () => {
    using project = scratchFolder()
    const file = fileIn(project.path)
    const other = new DatabaseSync(file)
    other.exec('CREATE TABLE customer (name TEXT)')
    other.close()
    const before = readFileSync(file)
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('the database of another purpose', () => {
    using project = scratchFolder()
    open(project.path).close()
    const other = { ...SCHEMA, applicationId: 78 }
    expect(errorOf(() => open(project.path, other))).toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
  })

  it.skipIf(process.getuid?.() === 0)('one that may not be read', () => {
    using project = scratchFolder()
    open(project.path).close()
    chmodSync(fileIn(project.path), 0)
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_DATABASE_UNREADABLE' })
  })

  it('one whose folder cannot be made', () => {
    using project = scratchFolder()
    writeFileSync(path.join(project.path, '.cairn'), 'a file')
    expect(errorOf(() => open(project.path))).toMatchObject({ code: 'CAIRN_STORE_UNAVAILABLE' })
    expect(statSync(path.join(project.path, '.cairn')).isFile()).toBe(true)
  })
})

describe('a database that another connection holds', () => {
  it('is waited for by one that opens it while it is made', async () => {
    using project = scratchFolder()
    const holder = new Worker(HOLDER, { eval: true, workerData: fileIn(project.path) })
    await once(holder, 'message')
    const database = open(project.path, SCHEMA, 30_000)
    expect(database.prepare('SELECT * FROM thing').all()).toEqual([])
    database.close()
    await once(holder, 'exit')
  })

  it('is CAIRN_DATABASE_BUSY after the busy timeout, and nothing of the work is done', () => {
    using project = scratchFolder()
    const holder = open(project.path)
    const other = open(project.path, SCHEMA, 50)
    holder.begin()
    const add = () => other.transaction('write', () => other.prepare('INSERT INTO thing (name) VALUES (?)').run('a'))
    expect(errorOf(add)).toMatchObject({ code: 'CAIRN_DATABASE_BUSY', details: { waitedMs: 50 } })
    holder.rollback()
    add()
    expect(other.prepare('SELECT * FROM thing').all()).toHaveLength(1)
    holder.close()
    other.close()
  })
})

describe('a transaction', () => {
  it('that throws leaves nothing, and its error stays as it is', () => {
    using project = scratchFolder()
    const database = open(project.path)
    const error = new Error('no')
    const work = () =>
      database.transaction('write', () => {
        database.prepare('INSERT INTO thing (name) VALUES (?)').run('a')
        throw error
      })
    expect(errorOf(work)).toBe(error)
    expect(database.prepare('SELECT * FROM thing').all()).toEqual([])
    database.close()
  })
})

describe('prepared statements', () => {
  it('are bounded in number and go on working', () => {
    using project = scratchFolder()
    const database = open(project.path)
    const first = database.prepare('SELECT 0 AS n')
    expect(database.prepare('SELECT 0 AS n')).toBe(first)
    for (let i = 1; i < 500; i++) expect(database.prepare(`SELECT ${i} AS n`).get()?.n).toBe(i)
    expect(database.prepare('SELECT 0 AS n')).not.toBe(first)
    expect(first.get()?.n).toBe(0)
    database.close()
  })
})
