import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { asReader } from '../../test/as-reader.ts'
import { scratchFolder } from '../../test/scratch-folder.ts'
import { Database } from './database.ts'
import type { DatabaseSchema } from './database-schema.ts'

const FIRST = 'CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT)'
const SCHEMA: DatabaseSchema = { applicationId: 77, migrations: [FIRST] }
const NEWER: DatabaseSchema = { ...SCHEMA, migrations: [FIRST, 'ALTER TABLE thing ADD COLUMN colour TEXT'] }

function open(project: string, schema = SCHEMA): Database {
  const cairnDir = path.join(project, '.cairn')
  return new Database({ file: path.join(cairnDir, 'db.sqlite'), cairnDir, schema, busyTimeoutMs: 200 })
}

function add(database: Database, name: string): void {
  database.transaction('write records', () => database.prepare('INSERT INTO thing (name) VALUES (?)').run(name))
}

function namesIn(database: Database): readonly unknown[] {
  return database
    .prepare('SELECT name FROM thing')
    .all()
    .map(({ name }) => name)
}

function codeOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  return undefined
}

describe.skipIf(process.platform === 'win32')('a database that this user may only read', () => {
  it('is read, refuses to be written, and stays as it is with all that is beside it', () => {
    using project = scratchFolder()
    const before = open(project.path)
    add(before, 'a')
    before.close()
    const file = path.join(project.path, '.cairn/db.sqlite')
    const bytes = readFileSync(file)
    asReader(project.path, () => {
      const database = open(project.path)
      expect(namesIn(database)).toEqual(['a'])
      expect(codeOf(() => add(database, 'b'))).toBe('CAIRN_STORE_UNAVAILABLE')
      expect(namesIn(database)).toEqual(['a'])
      database.close()
    })
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['.gitignore', 'db.sqlite'])
  })

  it('is read with what another process has just written, which is in its write-ahead log only', () => {
    using project = scratchFolder()
    const writer = open(project.path)
    add(writer, 'a')
    asReader(project.path, () => {
      const database = open(project.path)
      expect(namesIn(database)).toEqual(['a'])
      database.close()
    })
    add(writer, 'b')
    expect(namesIn(writer)).toEqual(['a', 'b'])
    writer.close()
  })

  it('is not read without the log that a killed process left', () => {
    using project = scratchFolder()
    const writer = open(project.path)
    add(writer, 'a')
    const file = path.join(project.path, '.cairn/db.sqlite')
    const [log, copy] = [`${file}-wal`, path.join(project.path, 'log')]
    copyFileSync(log, copy)
    writer.close()
    copyFileSync(copy, log)
    rmSync(`${file}-shm`, { force: true })
    expect(asReader(project.path, () => codeOf(() => open(project.path)))).toBe('CAIRN_STORE_UNAVAILABLE')
    const after = open(project.path)
    expect(namesIn(after)).toEqual(['a'])
    after.close()
  })

  it('is refused where its schema is that of an earlier version', () => {
    using project = scratchFolder()
    open(project.path).close()
    expect(asReader(project.path, () => codeOf(() => open(project.path, NEWER)))).toBe('CAIRN_STORE_UNAVAILABLE')
    open(project.path, NEWER).close()
  })
})
