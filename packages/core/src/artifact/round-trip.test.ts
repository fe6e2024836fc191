import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { matrix, ndArray, typedArray, vector } from '../materializer/arrays.ts'
import { directory, file } from '../materializer/files.ts'
import { json } from '../materializer/json.ts'
import { materializer } from '../materializer/materializer.ts'
import { optional, type Port } from '../materializer/port.ts'
import { bytes, text } from '../materializer/text-and-bytes.ts'
import { isPresent } from './artifact-presence.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { readArtifact } from './read-artifact.ts'
import { writeArtifact } from './write-artifact.ts'

let workDir: string
let store: MemoryArtifactStore
beforeEach(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-artifact-'))
  store = new MemoryArtifactStore()
})
afterEach(() => rm(workDir, { recursive: true, force: true }))

const where = 'The output "o" of step "s"'
const write = (port: Port, value: unknown): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where })
const read = (port: Port, ref: ArtifactRef): Promise<unknown> => readArtifact(port, ref, { store, workDir, where })
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const point = materializer<{ x: number; y: number }>({
  name: 'point',
  version: 3,
  write: async ({ x, y }, files) => {
    await files.write('x.txt', String(x))
    await files.write('deep/y.txt', Buffer.from(String(y)))
  },
  read: async (files) => ({ x: Number(await files.text('x.txt')), y: Number(await files.text('deep/y.txt')) }),
  metadata: ({ x }) => ({ x }),
  preview: ({ x, y }) => ({ kind: 'text', text: `${x}|${y}` }),
})

const CASES: readonly (readonly [name: string, port: Port, value: unknown, equal: unknown])[] = [
  ['text', text, 'Grüße\r\n\u0000😀', `Grüße\r\n\u0000${'😀'}`],
  ['empty text', text, '', ''],
  ['bytes', bytes, new Uint8Array([0, 255]), Buffer.from([0, 255])],
  ['no bytes', bytes, new Uint8Array(), new Uint8Array()],
  ['json', json(), { b: [1, null, { c: -0 }], a: 'ü\ud800' }, { a: 'ü\ud800', b: [1, null, { c: -0 }] }],
  ['json that is a scalar', json(), 1e21, 1e21],
  ['json with __proto__', json(), JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"a":2,"__proto__":1}')],
  [
    'a schema',
    z.object({ label: z.enum(['a', 'b']), score: z.number() }),
    { score: 0.5, label: 'a' },
    { label: 'a', score: 0.5 },
  ],
  [
    'a matrix',
    matrix,
    { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
    { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] },
  ],
  ['an empty matrix', matrix, { shape: [0, 4], data: new Float64Array() }, { shape: [0, 4], data: new Float64Array() }],
  ['a vector', vector, Float64Array.of(-0, Number.NaN, Infinity), Float64Array.of(-0, Number.NaN, Infinity)],
  ['an Int32Array', typedArray(Int32Array), Int32Array.of(1, -1), Int32Array.of(1, -1)],
  ['a BigInt64Array', typedArray(BigInt64Array), BigInt64Array.of(1n, -1n), BigInt64Array.of(1n, -1n)],
  [
    'an array of three dimensions',
    ndArray,
    { shape: [1, 2, 1], data: Uint8Array.of(7, 8) },
    { shape: [1, 2, 1], data: Uint8Array.of(7, 8) },
  ],
  [
    'an array without dimensions',
    ndArray,
    { shape: [], data: Float32Array.of(1.5) },
    { shape: [], data: Float32Array.of(1.5) },
  ],
  ['a value of several files', point, { x: 1, y: 2 }, { y: 2, x: 1 }],
  ['an optional value that is there', optional(text), 'here', 'here'],
]

describe.each(CASES)('%s', (_name, port, value, equal) => {
  it('comes back as it was', async () => {
    const ref = await write(port, value)
    expect(await read(port, ref)).toEqual(value)
    expect(await isPresent(store, ref)).toBe(true)
  })

  it('has the same digest as an equal value, in another store, too', async () => {
    const ref = await write(port, value)
    const elsewhere = await writeArtifact(port, equal, { store: new MemoryArtifactStore(), workDir, where })
    expect(elsewhere.digest).toBe(ref.digest)
  })
})

describe('a reference to a stored value', () => {
  it('of one file has the digest, size and path of that file', async () => {
    expect(await write(text, 'abc')).toEqual({
      kind: 'file',
      digest: sha256('abc'),
      size: 3,
      type: 'text@1',
      path: 'value.txt',
      metadata: { characters: 3, lines: 1 },
      preview: { kind: 'text', text: 'abc' },
    })
  })

  it('of several files has the digest of their list, the size of all, and no path', async () => {
    const ref = await write(point, { x: 1, y: 22 })
    expect(ref).toEqual({
      kind: 'tree',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      size: 3,
      type: 'point@3',
      metadata: { x: 1 },
      preview: { kind: 'text', text: '1|22' },
    })
  })

  it('does not depend on the order in which files were written', async () => {
    const reversed = materializer<{ x: number; y: number }>({
      ...point,
      write: async ({ x, y }, files) => {
        await files.write('deep/y.txt', String(y))
        await files.write('x.txt', String(x))
      },
    })
    expect((await write(reversed, { x: 1, y: 2 })).digest).toBe((await write(point, { x: 1, y: 2 })).digest)
  })
})

describe('json of any value', () => {
  it('comes back equal and has one digest whatever the order of properties', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const ref = await write(json(), value)
        const back = await read(json(), ref)
        // toStrictEqual tells -0 from 0.
        expect(back).toStrictEqual(value)
        expect((await write(json(), back)).digest).toBe(ref.digest)
      }),
    )
  })
})

describe('file()', () => {
  it('keeps the extension and gives each reader a copy of its own', async () => {
    const path = nodePath.join(workDir, 'in.parquet')
    await writeFile(path, 'PAR1')
    const ref = await write(file('.parquet'), path)
    expect(ref).toMatchObject({ kind: 'file', path: 'file.parquet', digest: sha256('PAR1'), type: 'file.parquet@1' })
    const copies = [await read(file('.parquet'), ref), await read(file('.parquet'), ref)] as string[]
    expect(copies[0]).not.toBe(copies[1])
    for (const copy of copies) {
      expect(copy.endsWith('.parquet')).toBe(true)
      expect(await readFile(copy, 'utf8')).toBe('PAR1')
    }
    await writeFile(copies[0] as string, 'changed')
    expect(await readFile((await read(file('.parquet'), ref)) as string, 'utf8')).toBe('PAR1')
  })

  it('stores a file of several pieces', async () => {
    const content = Buffer.alloc(3 * 1024 * 1024 + 1, 'cairn')
    const path = nodePath.join(workDir, 'big.bin')
    await writeFile(path, content)
    const ref = await write(file('.bin'), path)
    expect(ref).toMatchObject({ size: content.length, digest: sha256(content) })
    expect((await stat((await read(file('.bin'), ref)) as string)).size).toBe(content.length)
  })

  it('follows a link to a file', async () => {
    await writeFile(nodePath.join(workDir, 'real.txt'), 'real')
    await symlink('real.txt', nodePath.join(workDir, 'link.txt'))
    expect(await write(file('.txt'), nodePath.join(workDir, 'link.txt'))).toMatchObject({ digest: sha256('real') })
  })
})

describe('directory', () => {
  const folder = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const path = await mkdtemp(nodePath.join(workDir, 'in-'))
    for (const [name, content] of Object.entries(files)) {
      await mkdir(nodePath.dirname(nodePath.join(path, name)), { recursive: true })
      await writeFile(nodePath.join(path, name), content)
    }
    return path
  }

  it('comes back with all files below it, and equal folders have equal digests', async () => {
    const files = { 'a.txt': 'a', 'sub/b.txt': 'b', 'sub/deeper/c.txt': '', 'z.txt': 'a' }
    const ref = await write(directory, await folder(files))
    const copy = (await read(directory, ref)) as string
    expect((await readdir(copy, { recursive: true })).toSorted()).toEqual(
      ['a.txt', 'sub', 'sub/b.txt', 'sub/deeper', 'sub/deeper/c.txt', 'z.txt'].map((path) =>
        path.replaceAll('/', nodePath.sep),
      ),
    )
    expect(await readFile(nodePath.join(copy, 'sub', 'b.txt'), 'utf8')).toBe('b')
    expect((await write(directory, await folder(files))).digest).toBe(ref.digest)
    expect((await write(directory, await folder({ ...files, 'z.txt': 'b' }))).digest).not.toBe(ref.digest)
    expect((await write(directory, await folder({ ...files, 'y.txt': 'a' }))).digest).not.toBe(ref.digest)
  })

  it.each([[{}], [{ 'only/one.txt': '1' }]])('may hold %j', async (files) => {
    const ref = await write(directory, await folder(files))
    expect(await isPresent(store, ref)).toBe(true)
    const copy = (await read(directory, ref)) as string
    expect(
      (await readdir(copy, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()),
    ).toHaveLength(Object.keys(files).length)
  })

  it('with a link or a name that other platforms refuse is not stored', async () => {
    const linked = await folder({ 'a.txt': 'a' })
    await symlink('/etc', nodePath.join(linked, 'etc'))
    await expect(write(directory, linked)).rejects.toThrow('etc is neither a file nor a folder')
    if (process.platform === 'win32') return
    await expect(write(directory, await folder({ 'a:b.txt': '' }))).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_PATH',
    })
    await expect(write(directory, await folder({ 'a\\b.txt': '' }))).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_PATH',
    })
  })
})

describe('a stream', () => {
  const streamed = materializer<{ readonly chunks: number }>({
    name: 'streamed',
    version: 1,
    write: ({ chunks }, files) =>
      files.write(
        'data.bin',
        (async function* () {
          for (let index = 0; index < chunks; index++) yield new Uint8Array(64 * 1024).fill(index)
        })(),
      ),
    read: async (files) => {
      let size = 0
      for await (const chunk of files.stream()) size += chunk.length
      return { chunks: size / (64 * 1024) }
    },
  })

  it.each([0, 1, 160])('of %i pieces comes back whole and leaves no file behind', async (chunks) => {
    const ref = await write(streamed, { chunks })
    expect(ref.size).toBe(chunks * 64 * 1024)
    expect(await readdir(workDir)).toEqual([])
    expect(await read(streamed, ref)).toEqual({ chunks })
  })

  it('that fails or gives something else than bytes is refused and leaves nothing behind', async () => {
    const failing = (body: () => AsyncIterable<Uint8Array>): Port =>
      materializer({ name: 'failing', version: 1, write: (_value, files) => files.write('a', body()), read: () => 1 })
    const broken = failing(async function* () {
      yield new Uint8Array(1)
      throw new Error('the source broke')
    })
    await expect(write(broken, 1)).rejects.toThrow('cannot be stored as failing@1: the source broke.')
    const wordy = failing(async function* () {
      yield 'ü' as never
    })
    await expect(write(wordy, 1)).rejects.toThrow('the stream for a gave string, not bytes')
    expect(await readdir(workDir)).toEqual([])
    for await (const { key } of store.list('')) expect.fail(`${key} was stored`)
  })
})
