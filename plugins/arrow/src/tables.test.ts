import {
  isCairnError,
  MemoryArtifactStore,
  readArtifact,
  readWhole,
  storeExternal,
  writeArtifact,
  blobKey,
  type ArtifactRef,
  type Materializer,
} from '@cairnml/core'
import { temporaryFolder } from '@cairnml/testing'
import { Schema, Table, tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { describe, expect, it } from 'vitest'

import { arrowTable, parquetTable } from './index.ts'

const store = new MemoryArtifactStore()
const context = { store, workDir: os.tmpdir(), where: 'The output "o" of step "s"' }
const write = (type: Materializer<Table>, value: unknown): Promise<ArtifactRef> => writeArtifact(type, value, context)
const bytesOf = async (ref: ArtifactRef): Promise<Uint8Array> =>
  (await readWhole(store, blobKey(ref.digest))) ?? new Uint8Array()
// Sound: both types are read as tables.
const read = async (type: Materializer<Table>, ref: ArtifactRef): Promise<Table> =>
  (await readArtifact(type, ref, context)) as Table
const rows = (table: Table): readonly string[] => table.toArray().map(String)

const sample = (): Table =>
  tableFromArrays({
    id: Int32Array.of(1, 2, 3),
    name: ['a|b', 'two\nlines', null],
    score: Float64Array.of(0.5, NaN, -0),
    big: BigInt64Array.of(1n, 2n ** 62n, -1n),
    isGood: [true, false, null],
    at: [new Date(0), new Date(1e12), null],
  })

const TYPES = [
  ['arrowTable', arrowTable, 'table.arrow'],
  ['parquetTable', parquetTable, 'table.parquet'],
] as const

describe.each(TYPES)('%s', (_name, type, path) => {
  it('comes back with equal rows and types', async () => {
    const ref = await write(type, sample())
    expect(ref).toMatchObject({ kind: 'file', path })
    const back = await read(type, ref)
    expect(rows(back)).toEqual(rows(sample()))
    expect(back.schema.fields.map(String)).toEqual(sample().schema.fields.map(String))
  })

  it('has the same bytes for tables of equal columns, also after it was read', async () => {
    const first = await write(type, sample())
    expect((await write(type, sample())).digest).toBe(first.digest)
    expect((await write(type, await read(type, first))).digest).toBe(first.digest)
  })

  it('has the same bytes whatever notes its schema has, each time', async () => {
    const noted = (): Table => {
      const { schema, batches } = sample()
      const notes = new Map(Array.from({ length: 12 }, (_, index) => [`note ${index}`, String(index)]))
      return new Table(new Schema(schema.fields, notes), batches)
    }
    const digests = new Set<string>()
    for (let time = 0; time < 5; time++) digests.add((await write(type, noted())).digest)
    expect(digests.size).toBe(1)
  })

  it('says rows, columns, types and first rows', async () => {
    const { metadata, preview } = await write(type, sample())
    expect(metadata).toMatchObject({ rows: 3, columns: 6, types: { id: 'Int32', score: 'Float64', isGood: 'Bool' } })
    expect(preview).toMatchObject({ kind: 'markdown' })
    const lines = preview?.kind === 'markdown' ? preview.text.split('\n') : []
    expect(lines).toHaveLength(5)
    expect(lines[0]).toBe('| id | name | score | big | isGood | at |')
    expect(lines[2]).toBe('| 1 | a\\|b | 0.5 | 1 | true | 0 |')
  })

  it('may have no rows, and many batches', async () => {
    const empty = sample().slice(0, 0)
    expect((await read(type, await write(type, empty))).numRows).toBe(0)
    const numbers = tableFromArrays({ id: Int32Array.of(1, 2) })
    const back = await read(type, await write(type, numbers.concat(numbers)))
    expect(rows(back)).toEqual([...rows(numbers), ...rows(numbers)])
  })

  it.each([[undefined], [{}], [[1, 2]], ['a,b'], [null]])('refuses %j', async (value) => {
    await expect(write(type, value)).rejects.toMatchObject({
      code: 'CAIRN_VALUE_UNSTORABLE',
      message: expect.stringContaining('it is not a Table of apache-arrow') as string,
    })
  })

  it('refuses a file that is cut off, anywhere, with a code', async () => {
    const bytes = await bytesOf(await write(type, sample()))
    for (let length = 0; length < bytes.length; length += 7) {
      await expect(decode(type, bytes.subarray(0, length)), String(length)).rejects.toMatchObject({
        code: 'ARROW_TABLE_INVALID',
      })
    }
  })

  it('is given from outside as a file, which is looked at first', async () => {
    await using folder = await temporaryFolder()
    const file = nodePath.join(folder.path, path)
    const bytes = await bytesOf(await write(type, sample()))
    await writeFile(file, bytes)
    expect(await storeExternal({ type, file }, context)).toMatchObject({ metadata: { rows: 3 }, external: file })
    await writeFile(file, bytes.subarray(0, -1))
    await expect(storeExternal({ type, file }, context)).rejects.toMatchObject({ code: 'CAIRN_EXTERNAL_INVALID' })
  })
})

describe('a Parquet file of unknown origin', () => {
  it('is read as a table or refused with a code', async () => {
    const bytes = await bytesOf(await write(parquetTable, sample()))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Uint8Array.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        await decode(parquetTable, damaged).catch((error: unknown) => {
          if (!isCairnError(error, 'ARROW_TABLE_INVALID')) throw error
        })
      }),
      { numRuns: 100 },
    )
  })
})

describe('a table whose batches have different dictionaries', () => {
  it('comes back equal, or is refused where the format has no place for them', async () => {
    const both = tableFromArrays({ name: ['a', 'b'] }).concat(tableFromArrays({ name: ['c', 'a'] }))
    const wanted = ['{"name": "a"}', '{"name": "b"}', '{"name": "c"}', '{"name": "a"}']
    expect(rows(both)).toEqual(wanted)
    await expect(write(arrowTable, both)).rejects.toMatchObject({
      code: 'CAIRN_VALUE_UNSTORABLE',
      message: expect.stringContaining('replacement dictionaries') as string,
    })
    expect(rows(await read(parquetTable, await write(parquetTable, both)))).toEqual(wanted)
    const twice = sample().concat(sample())
    expect(rows(await read(arrowTable, await write(arrowTable, twice)))).toEqual([...rows(sample()), ...rows(sample())])
  })
})

describe('an Arrow stream in place of a file', () => {
  it('is refused', async () => {
    expect(tableFromIPC(tableToIPC(sample(), 'stream')).numRows).toBe(3)
    await expect(decode(arrowTable, tableToIPC(sample(), 'stream'))).rejects.toMatchObject({
      code: 'ARROW_TABLE_INVALID',
    })
  })
})

/** Reads bytes as the file of a value. */
async function decode(type: Materializer<Table>, bytes: Uint8Array): Promise<Table> {
  const refuse = (): never => {
    throw new Error('It is not asked for.')
  }
  return type.read({
    files: [{ path: 'table', digest: '', size: bytes.length }],
    outside: { fileDigest: refuse, urlState: refuse },
    bytes: async () => bytes,
    text: refuse,
    stream: refuse,
    local: refuse,
    directory: refuse,
  })
}
