import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { matrix, typedArray, vector } from '../materializer/arrays.ts'
import { directory, file } from '../materializer/files.ts'
import { json } from '../materializer/json.ts'
import { materializer, type FileWriter } from '../materializer/materializer.ts'
import { list, type Port } from '../materializer/port.ts'
import { bytes, text } from '../materializer/text-and-bytes.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { writeArtifact } from './write-artifact.ts'

let workDir: string
beforeAll(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-artifact-'))
})
afterAll(() => rm(workDir, { recursive: true, force: true }))

const where = 'The output "o" of step "s"'
const write = (port: Port, value: unknown, store = new MemoryArtifactStore()): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where })
async function keys(store: MemoryArtifactStore, prefix: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const { key } of store.list(prefix)) found.push(key)
  return found
}

class Model {}
const cyclic: unknown[] = []
cyclic.push({ again: cyclic })
let deep: unknown = 1
for (let level = 0; level < 10_000; level++) deep = [deep]

describe('a value that nothing can store', () => {
  it.each([
    ['undefined', json(), undefined, 'json@1: it holds undefined'],
    ['a function', json(), () => 1, 'json@1: it holds a function'],
    ['a class instance', json(), { a: [new Model()] }, 'json@1: it holds an instance of Model at "a.0"'],
    ['a Map', json(), new Map(), 'json@1: it holds an instance of Map'],
    ['a bigint', json(), { a: 1n }, 'json@1: it holds a bigint, which JSON cannot hold'],
    ['NaN', json(), [Number.NaN], 'json@1: it holds NaN, which JSON cannot hold'],
    ['an infinity', z.number(), Number.POSITIVE_INFINITY, 'json@1: it holds Infinity, which JSON cannot hold'],
    ['a date', json(), { at: new Date(0) }, 'json@1: it holds a Date, which JSON cannot hold'],
    ['bytes', json(), new Uint8Array(1), 'json@1: it holds a byte array, which JSON cannot hold'],
    ['a cycle', json(), cyclic, 'json@1: it holds a reference to itself at "0.again"'],
    ['10 000 levels', json(), deep, 'json@1: it holds more than 1000 levels at "0.0.'],
    ['a symbol', json(), Symbol('s'), 'json@1: it holds a symbol'],
    ['a number', text, 5, 'text@1: it is number, not a string'],
    ['a lone surrogate', text, '\ud800', 'text@1: it holds a lone surrogate'],
    ['text', bytes, 'abc', 'bytes@1: it is not a Uint8Array'],
    ['an array of numbers', vector, [1, 2], 'float64-array@1: it is not a Float64Array'],
    ['another typed array', typedArray(Int32Array), new Float64Array(1), 'int32-array@1: it is not a Int32Array'],
    ['null', matrix, null, 'matrix@1: its shape does not have two numbers'],
    ['a matrix of one dimension', matrix, { shape: [1], data: new Float64Array(1) }, 'matrix@1: its shape'],
    [
      'a matrix of integers',
      matrix,
      { shape: [1, 1], data: new Int32Array(1) },
      'matrix@1: its data is not a Float64Array',
    ],
    ['no path', file(), undefined, 'file@1: it is undefined, not the path of a file'],
    ['a path to nothing', file(), '/nowhere/at/all', 'file@1: there is no file at /nowhere/at/all'],
    ['a folder', file(), '.', 'file@1: . is not a file'],
    ['a file', directory, fileURLToPath(import.meta.url), 'is not a directory'],
    ['no array', list(text), 'abc', 'list<text@1>: it is not an array'],
    ['a hole in a list', list(text), ['a', undefined], 'text@1: it is undefined, not a string'],
  ])('is refused with the reason: %s', async (_name, port, value, reason) => {
    const store = new MemoryArtifactStore()
    const refused = write(port, value, store)
    await expect(refused).rejects.toMatchObject({ code: 'CAIRN_VALUE_UNSTORABLE' })
    await expect(refused).rejects.toThrow('The output "o" of step "s"')
    await expect(refused).rejects.toThrow(reason)
    expect(await keys(store, 'trees/')).toEqual([])
  })

  it('of a list is named by its place', async () => {
    await expect(write(list(z.number()), [1, 'two'])).rejects.toThrow('The output "o" of step "s" [1] does not fit')
  })

  it.each([
    ['more numbers than its shape says', { shape: [1, 1], data: new Float64Array(2) }],
    ['a negative shape', { shape: [-1, -1], data: new Float64Array(1) }],
    ['a broken shape', { shape: [0.5, 2], data: new Float64Array(1) }],
  ])('is a matrix with %s', async (_name, value) => {
    await expect(write(matrix, value)).rejects.toMatchObject({ code: expect.stringMatching(/^CAIRN_/) as string })
  })
})

describe('a value that its schema refuses or changes', () => {
  const schema = z.object({ label: z.enum(['a', 'b']), scores: z.array(z.number()) })

  it('is refused with path and reason, and nothing is stored', async () => {
    const store = new MemoryArtifactStore()
    const refused = write(schema, { label: 'c', scores: [1, '2'] }, store)
    await expect(refused).rejects.toMatchObject({ code: 'CAIRN_VALUE_INVALID' })
    await expect(refused).rejects.toThrow(
      /^The output "o" of step "s" does not fit its declared schema: label: .*; scores\.1: /,
    )
    expect(await keys(store, '')).toEqual([])
  })

  it.each([
    ['transforms', z.string().transform((value) => value.length), 'abc'],
    ['coerces', z.coerce.number(), '5'],
    ['fills in a default', z.object({ a: z.number().default(1) }), {}],
    ['drops what it does not know', z.object({ a: z.number() }), { a: 1, b: 2 }],
    ['trims', z.string().trim(), ' a '],
    ['turns -0 into 0', z.number().transform((value) => value + 0), -0],
  ])('is refused when the schema %s', async (_name, port, value) => {
    const refused = write(port, value)
    await expect(refused).rejects.toMatchObject({ code: 'CAIRN_SCHEMA_TRANSFORMS' })
    await expect(refused).rejects.toThrow('The output "o" of step "s" is changed by its own schema')
  })

  it('is refused when the schema answers with a promise', async () => {
    const later = z.string().refine(async () => true)
    await expect(write(later, 'a')).rejects.toMatchObject({
      code: expect.stringMatching(/^CAIRN_(?:SCHEMA_ASYNC|VALUE_)/) as string,
    })
  })
})

describe('a materializer that fails', () => {
  const by = (body: (files: FileWriter) => unknown): Port =>
    materializer<unknown>({
      name: 'mine',
      version: 1,
      write: async (_value, files) => void (await body(files)),
      read: () => 1,
    })

  it.each([
    ['an error', new RangeError('too large'), 'mine@1: too large.'],
    ['text', 'too large', 'mine@1: too large.'],
  ])('with %s makes the value unstorable and keeps the cause', async (_name, thrown, reason) => {
    const refused = write(
      by(() => Promise.reject(thrown as Error)),
      1,
    )
    await expect(refused).rejects.toMatchObject({ code: 'CAIRN_VALUE_UNSTORABLE', cause: thrown })
    await expect(refused).rejects.toThrow(reason)
  })

  it('with a fault of the store lets that through as it is', async () => {
    const fault = cairnError('CAIRN_STORE_UNAVAILABLE', { store: 's', operation: 'write', reason: 'disk full' })
    await expect(
      write(
        by(() => Promise.reject(fault)),
        1,
      ),
    ).rejects.toBe(fault)
  })

  it.each([
    '',
    '/a',
    '../a',
    'a/../b',
    'a//b',
    './a',
    'a/',
    'a\\b',
    'C:a',
    'a:b',
    'nul',
    'sub/CON.txt',
    'com1',
    'COM¹.txt',
    'LPT²',
    'CONIN$',
    'aux .txt',
    'a.',
    'a ',
    'a\u0000b',
    'a\nb',
    'a?b',
    'a*b',
    '"a"',
    'a|b',
    '<a>',
    '\ud800',
    'x'.repeat(241),
  ])('with the hostile path %j is refused', async (path) => {
    await expect(
      write(
        by((files) => files.write(path, 'x')),
        1,
      ),
    ).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
  })

  it.each(['a', 'a/b/c.d', 'Grüße.txt', '.hidden', '..a', 'a b', 'com10', 'console', "it's", 'x'.repeat(240)])(
    'is not one with the path %j',
    async (path) => {
      expect(
        await write(
          by((files) => files.write(path, 'x')),
          1,
        ),
      ).toMatchObject({ path })
    },
  )

  it.each([
    ['the same', ['a.txt', 'a.txt']],
    ['another case', ['a.txt', 'A.TXT']],
    ['other code points of the same accent', ['\u00e9', 'e\u0301']],
    ['a folder of its name', ['a/b', 'a']],
    ['a file below it', ['a', 'A/b']],
  ])('with two paths that are one on some platform is refused: %s', async (_name, paths) => {
    const both = by((files) => Promise.all(paths.map((path) => files.write(path, 'x'))))
    await expect(write(both, 1)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
  })
})

describe('an aborted write', () => {
  it('rejects with the abort, not with a fault of the value, and stores no list', async () => {
    const store = new MemoryArtifactStore()
    const controller = new AbortController()
    const reason = new Error('Ctrl-C')
    const slow = materializer<number>({
      name: 'slow',
      version: 1,
      write: async (_value, files) => {
        await files.write('a', 'a')
        controller.abort(reason)
        await files.write('b', 'b')
      },
      read: () => 1,
    })
    const context = { store, workDir, where, signal: controller.signal }
    await expect(writeArtifact(slow, 1, context)).rejects.toBe(reason)
    await expect(writeArtifact(text, 'x', context)).rejects.toBe(reason)
    expect(await keys(store, 'trees/')).toEqual([])
  })

  it('stops a stream that never ends', async () => {
    const controller = new AbortController()
    const endless = materializer<number>({
      name: 'endless',
      version: 1,
      write: (_value, files) =>
        files.write(
          'a',
          (async function* () {
            for (let index = 0; ; index++) {
              if (index === 3) controller.abort(new Error('enough'))
              yield new Uint8Array(10)
              await new Promise((resolve) => setImmediate(resolve))
            }
          })(),
        ),
      read: () => 1,
    })
    const context = { store: new MemoryArtifactStore(), workDir, where, signal: controller.signal }
    await expect(writeArtifact(endless, 1, context)).rejects.toMatchObject({
      name: expect.stringMatching(/^(?:AbortError|Error)$/) as string,
    })
    await expect(writeArtifact(endless, 1, context)).rejects.not.toMatchObject({ code: 'CAIRN_VALUE_UNSTORABLE' })
  })
})
