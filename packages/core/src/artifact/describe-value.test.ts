import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { matrix, ndArray, typedArray, vector } from '../materializer/arrays.ts'
import { directory, file } from '../materializer/files.ts'
import { json } from '../materializer/json.ts'
import { materializer, type MaterializerDeclaration } from '../materializer/materializer.ts'
import type { Port } from '../materializer/port.ts'
import { bytes, text } from '../materializer/text-and-bytes.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { writeArtifact } from './write-artifact.ts'

let workDir: string
beforeAll(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-describe-'))
})
afterAll(() => rm(workDir, { recursive: true, force: true }))

const store = new MemoryArtifactStore()
const lines: string[] = []
const write = (port: Port, value: unknown): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where: 'The output "o" of step "s"', warn: (line) => lines.push(line) })

const noted = (more: Partial<MaterializerDeclaration<string>>): Port =>
  materializer<string>({
    name: 'noted',
    version: 1,
    write: (value, files) => files.write('a.txt', value),
    read: (files) => files.text(),
    ...more,
  })

describe('what the built-in types say of a value', () => {
  it('is shape, dtype, range and first rows of arrays', async () => {
    const { metadata, preview } = await write(matrix, {
      shape: [7, 2],
      data: Float64Array.from({ length: 14 }, (_, i) => i / 3),
    })
    expect(metadata).toEqual({ shape: [7, 2], dtype: 'float64', min: 0, max: 13 / 3, mean: 6.5 / 3 })
    expect(preview).toEqual({
      kind: 'text',
      text: '0 0.333333\n0.666667 1\n1.33333 1.66667\n2 2.33333\n2.66667 3\n… 2 more rows',
    })
    expect((await write(vector, Float64Array.of(1, NaN, Infinity))).metadata).toEqual({
      shape: [3],
      dtype: 'float64',
      min: 1,
      max: 'Infinity',
      mean: 'Infinity',
      nan: 1,
    })
    expect((await write(typedArray(BigInt64Array), BigInt64Array.of(-1n, 2n ** 60n))).metadata).toMatchObject({
      dtype: 'int64',
      min: -1,
      max: String(2n ** 60n),
    })
    expect((await write(ndArray, { shape: [0, 2], data: new Int8Array() })).metadata).toEqual({
      shape: [0, 2],
      dtype: 'int8',
    })
    expect((await write(ndArray, { shape: [], data: Float32Array.of(NaN) })).metadata).toEqual({
      shape: [],
      dtype: 'float32',
      nan: 1,
    })
  })

  it('is names or length, and the first lines of JSON, with or without a schema', async () => {
    const value = { b: [1, 2], a: 'x' }
    for (const type of [json(), z.object({ b: z.array(z.number()), a: z.string() })]) {
      const { metadata, preview } = await write(type, value)
      expect(metadata).toEqual({ count: 2, keys: ['b', 'a'] })
      expect(preview).toEqual({ kind: 'json', text: JSON.stringify(value, undefined, 2) })
    }
    const { metadata, preview } = await write(
      json(),
      Array.from({ length: 5000 }, () => 'x'.repeat(500)),
    )
    expect(metadata).toEqual({ items: 5000 })
    expect(JSON.stringify(preview).length).toBeLessThan(4100)
    const deep = await write(json(), { a: { b: { c: { d: { e: 1 } } } } })
    expect(deep.preview).toMatchObject({ text: expect.stringContaining('… 1 properties') as string })
  })

  it('is characters, lines and the beginning of a text', async () => {
    expect(await write(text, 'a\nb\n')).toMatchObject({
      metadata: { characters: 4, lines: 2 },
      preview: { text: 'a\nb\n' },
    })
    expect(await write(text, '')).toMatchObject({ metadata: { characters: 0, lines: 0 } })
    const cut = await write(text, '😀'.repeat(5000))
    expect(JSON.stringify(cut.preview).length).toBeLessThan(4100)
  })

  it('is the first bytes of bytes', async () => {
    const { metadata, preview } = await write(bytes, Buffer.from('Hello, world\0!\n\n+'))
    expect(metadata).toEqual({ bytes: 17 })
    expect(preview).toMatchObject({
      text: expect.stringMatching(/^48 65 6c .* Hello, world\.!\.\.\n2b +\+$/) as string,
    })
  })

  it('is the size of a file and the listing of a folder', async () => {
    const folder = nodePath.join(workDir, 'folder')
    await mkdir(nodePath.join(folder, 'b'), { recursive: true })
    await writeFile(nodePath.join(folder, 'b/c.txt'), 'abc')
    await writeFile(nodePath.join(folder, 'a.txt'), 'a')
    expect((await write(file('.txt'), nodePath.join(folder, 'b/c.txt'))).metadata).toEqual({ bytes: 3 })
    expect(await write(directory, folder)).toMatchObject({
      metadata: { files: 2, bytes: 4 },
      preview: { kind: 'text', text: 'a.txt (1 bytes)\nb/c.txt (3 bytes)' },
    })
  })
})

describe('a materializer of a user', () => {
  it('may look at the files, and take its time', async () => {
    const type = noted({
      metadata: async (_value, files) => ({ paths: files.map(({ path }) => path) }),
      preview: async (value) => ({ kind: 'markdown', text: `# ${value}` }),
    })
    expect(await write(type, 'x')).toMatchObject({
      metadata: { paths: ['a.txt'] },
      preview: { kind: 'markdown', text: '# x' },
    })
  })

  it.each([
    [
      'preview',
      {
        preview: () => {
          throw new Error('no font')
        },
      },
      'no font',
    ],
    ['preview', { preview: () => Promise.reject(new Error('no canvas')) }, 'no canvas'],
    ['preview', { preview: () => ({ kind: 'text', text: 3 as never }) as const }, 'its text is no string'],
    [
      'preview',
      { preview: () => ({ kind: 'image', mediaType: 'image/png', base64: 'A'.repeat(200_000) }) as const },
      'the picture takes',
    ],
    [
      'metadata',
      {
        metadata: () => {
          throw new Error('no rows')
        },
      },
      'no rows',
    ],
    ['metadata', { metadata: () => ({ mean: NaN }) }, 'NaN'],
    ['metadata', { metadata: () => ({ big: 1n as never }) }, 'bigint'],
    ['metadata', { metadata: () => ({ text: 'x'.repeat(10_000) }) }, 'more than 8192'],
  ] as const)('whose %s fails costs a line, not the value: %#', async (what, more, reason) => {
    lines.length = 0
    const ref = await write(noted(more), 'x')
    expect(ref).toMatchObject({ kind: 'file', size: 1 })
    expect(ref[what]).toBeUndefined()
    expect(lines).toEqual([
      expect.stringContaining(
        `The output "o" of step "s" is stored without ${what}: its materializer noted gave none (`,
      ),
    ])
    expect(lines[0]).toContain(reason)
  })

  it('whose preview is long has it cut', async () => {
    const { preview } = await write(noted({ preview: () => ({ kind: 'text', text: 'x'.repeat(9000) }) }), 'x')
    expect(preview).toEqual({ kind: 'text', text: `${'x'.repeat(4000)}…` })
  })
})
