import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { matrix, vector } from '../materializer/arrays.ts'
import { directory, file } from '../materializer/files.ts'
import { json } from '../materializer/json.ts'
import { materializer } from '../materializer/materializer.ts'
import { list, type Port } from '../materializer/port.ts'
import { bytes, text } from '../materializer/text-and-bytes.ts'
import { encodeNpy } from '../npy/encode-npy.ts'
import { isPresent } from './artifact-presence.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { contentOf, readWhole } from './blob.ts'
import { blobKey, treeKey } from './layout.ts'
import { readArtifact } from './read-artifact.ts'
import { putTree } from './tree.ts'
import { writeArtifact } from './write-artifact.ts'

let workDir: string
let store: MemoryArtifactStore
beforeEach(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-damage-'))
  store = new MemoryArtifactStore('main')
})
afterEach(() => rm(workDir, { recursive: true, force: true }))

const where = 'The input "x" of step "s"'
const write = (port: Port, value: unknown): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where })
const read = (port: Port, ref: ArtifactRef): Promise<unknown> => readArtifact(port, ref, { store, workDir, where })

/** A reference to bytes that claim to be of a type, as data from outside or another writer could leave them. */
async function foreign(type: string, content: string | Uint8Array): Promise<ArtifactRef> {
  const body = Buffer.from(content)
  const { digest, size } = contentOf(body)
  await store.put(blobKey(digest), body)
  return { kind: 'file', digest, size, type, path: 'value' }
}

const pair = materializer<readonly [string, string]>({
  name: 'pair',
  version: 1,
  write: async ([a, b], files) => {
    await files.write('a', a)
    await files.write('b', b)
  },
  read: async (files) => [await files.text('a'), await files.text('b')],
})

describe('a blob that is not what was written', () => {
  const damage: readonly (readonly [name: string, bytes: Uint8Array, problem: string])[] = [
    ['truncated', Buffer.from('ab'), 'it has 2 bytes instead of 3'],
    ['longer', Buffer.from('abcd'), 'it has 4 bytes instead of 3'],
    ['empty', new Uint8Array(), 'it has 0 bytes instead of 3'],
    ['changed', Buffer.from('abd'), 'its content has another digest'],
  ]

  it.each(damage)('is refused, naming object and store: %s', async (_name, changed, problem) => {
    const ref = await write(text, 'abc')
    await store.put(blobKey(ref.digest), changed)
    await expect(read(text, ref)).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_CORRUPT',
      details: { key: blobKey(ref.digest), store: 'main', problem },
    })
  })

  it.each(damage)('is refused by readers of streams and files, too: %s', async (_name, changed) => {
    const ref = await write(bytes, Buffer.from('abc'))
    await store.put(blobKey(ref.digest), changed)
    const asFile: ArtifactRef = { ...ref, type: 'file@1' }
    await expect(read(file(), asFile)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_CORRUPT' })
    await expect(read(directory, { ...ref, type: 'directory@1' })).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_CORRUPT',
    })
  })

  it('is healed by writing the value again, where its size is wrong', async () => {
    const ref = await write(text, 'abc')
    await store.put(blobKey(ref.digest), Buffer.from('ab'))
    expect(await isPresent(store, ref)).toBe(false)
    await write(text, 'abc')
    expect(await isPresent(store, ref)).toBe(true)
    expect(await read(text, ref)).toBe('abc')
  })
})

describe('a blob that is gone', () => {
  it('is told apart from a damaged one', async () => {
    const ref = await write(text, 'abc')
    await store.delete(blobKey(ref.digest))
    expect(await isPresent(store, ref)).toBe(false)
    const details = { key: blobKey(ref.digest), store: 'main' }
    await expect(read(text, ref)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING', details })
    await expect(read(file(), { ...ref, type: 'file@1' })).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING' })
  })

  it('makes a value of several files missing', async () => {
    const ref = await write(pair, ['one', 'two'])
    await store.delete(blobKey(contentOf(Buffer.from('two')).digest))
    expect(await isPresent(store, ref)).toBe(false)
    await expect(read(pair, ref)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING' })
  })
})

describe('a list of files that is not what was written', () => {
  it('is refused when it is damaged or gone', async () => {
    const ref = await write(pair, ['one', 'two'])
    const body = Buffer.from((await readWhole(store, treeKey(ref.digest))) ?? '')
    for (const changed of [
      body.subarray(0, 10),
      Buffer.from(body.toString().replace('"a"', '"b"')),
      Buffer.from('not JSON'),
    ]) {
      await store.put(treeKey(ref.digest), changed)
      await expect(read(pair, ref)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_CORRUPT' })
      expect(await isPresent(store, ref)).toBe(false)
    }
    await store.delete(treeKey(ref.digest))
    await expect(read(pair, ref)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING' })
  })

  it('is refused with a format that is not known', async () => {
    const tree = { format: 2, kind: 'tree', files: [] } as never
    const { digest } = await putTree(store, tree)
    await expect(read(pair, { kind: 'tree', digest, size: 0, type: 'pair@1' })).rejects.toThrow(
      'its format is not known',
    )
  })

  it('is refused with paths that would leave the folder of a reader', async () => {
    const { digest: blob } = contentOf(Buffer.from('x'))
    await store.put(blobKey(blob), Buffer.from('x'))
    for (const path of ['../../outside', '/etc/passwd', 'a/../../b', 'nul', 'a\\b']) {
      const files = [{ path, digest: blob, size: 1 }]
      const { digest } = await putTree(store, { format: 1, kind: 'tree', files })
      const ref: ArtifactRef = { kind: 'tree', digest, size: 1, type: 'directory@1' }
      await expect(read(directory, ref)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
      const single: ArtifactRef = { kind: 'file', digest: blob, size: 1, type: 'file@1', path }
      await expect(read(file(), single)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
    }
  })

  it('is refused when a record takes it for another kind', async () => {
    const { digest } = await putTree(store, { format: 1, kind: 'collection', items: [] })
    await expect(read(pair, { kind: 'tree', digest, size: 0, type: 'pair@1' })).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_CORRUPT',
    })
  })
})

describe('an artifact of another type', () => {
  it.each([
    ['another name', 'json@1', text],
    ['another version', 'text@2', text],
    ['another extension', 'file.csv@1', file('.parquet')],
  ])('is refused: %s', async (_name, type, port) => {
    const ref = { ...(await write(text, 'abc')), type }
    await expect(read(port, ref)).rejects.toMatchObject({
      code: 'CAIRN_ARTIFACT_TYPE',
      details: expect.objectContaining({ artifact: where, stored: type }) as object,
    })
  })
})

describe('content that its type refuses on reading', () => {
  it('is named with path and reason where a schema is declared', async () => {
    const ref = await write(json(), { label: 'c' })
    const refused = read(z.object({ label: z.enum(['a', 'b']) }), ref)
    await expect(refused).rejects.toMatchObject({ code: 'CAIRN_VALUE_INVALID' })
    await expect(refused).rejects.toThrow('The input "x" of step "s" does not fit its declared schema: label: ')
  })

  it('does not become a value when it is no JSON', async () => {
    await expect(read(json(), await foreign('json@1', '{"a":'))).rejects.toThrow(SyntaxError)
  })

  it.each([
    ['no .npy file', Buffer.from('PK\u0003\u0004 something else')],
    ['an empty file', new Uint8Array()],
    ['a truncated array', encodeNpy({ shape: [2, 2], data: new Float64Array(4) }).subarray(0, -1)],
    [
      'a header that promises more than there is',
      Buffer.from(
        Buffer.from(encodeNpy({ shape: [2, 2], data: new Float64Array(4) }))
          .toString('latin1')
          .replace('(2, 2)', '(9, 9)'),
        'latin1',
      ),
    ],
  ])('is a matrix that is damaged: %s', async (_name, content) => {
    await expect(read(matrix, await foreign('matrix@1', content))).rejects.toMatchObject({ code: 'CAIRN_NPY_INVALID' })
  })

  it('is an array of objects, which is never read', async () => {
    const npy = Buffer.from(encodeNpy({ shape: [1], data: new Float64Array(1) }))
      .toString('latin1')
      .replace('<f8', '|O8')
    await expect(read(vector, await foreign('float64-array@1', Buffer.from(npy, 'latin1')))).rejects.toMatchObject({
      code: expect.stringMatching(/^CAIRN_NPY_/) as string,
    })
  })

  it('is an array of another shape or kind of numbers', async () => {
    const integers = encodeNpy({ shape: [2], data: new Int32Array(2) })
    await expect(read(matrix, await foreign('matrix@1', integers))).rejects.toThrow(
      'the file holds int32 of shape (2), not a float64 matrix',
    )
    await expect(read(vector, await foreign('float64-array@1', integers))).rejects.toThrow('not a Float64Array')
  })
})

describe('a reader of several files', () => {
  it('names the files where none or an unknown one is asked for', async () => {
    const lost = materializer<unknown>({ name: 'pair', version: 1, write: () => {}, read: (files) => files.text() })
    await expect(read(lost, await write(pair, ['one', 'two']))).rejects.toThrow('the artifact has a, b')
    const wrong = materializer<unknown>({
      name: 'pair',
      version: 1,
      write: () => {},
      read: (files) => files.bytes('c'),
    })
    await expect(read(wrong, await write(pair, ['one', 'two']))).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
  })

  it('stops when it is aborted', async () => {
    const ref = await write(pair, ['one', 'two'])
    const reason = new Error('Ctrl-C')
    const signal = AbortSignal.abort(reason)
    await expect(readArtifact(pair, ref, { store, workDir, where, signal })).rejects.toBe(reason)
  })
})

describe('writing what is there already', () => {
  it('replaces an object of the right size and other bytes', async () => {
    const ref = await write(text, 'stone')
    await store.put(blobKey(ref.digest), Buffer.from('sTone'))
    await write(text, 'stone')
    expect(await read(text, ref)).toBe('stone')
  })

  it('puts nothing where the object is whole', async () => {
    const ref = await write(text, 'stone')
    const before = await store.stat(blobKey(ref.digest))
    await write(text, 'stone')
    expect(await store.stat(blobKey(ref.digest))).toBe(before)
  })

  it('renews what is old, so that nobody who cleans up takes it for left over', async () => {
    const hourAgo = Date.now() - 3_600_000
    const rewritten: string[] = []
    class Old extends MemoryArtifactStore {
      override async stat(key: string): ReturnType<MemoryArtifactStore['stat']> {
        const info = await super.stat(key)
        return info && { ...info, lastModifiedMs: hourAgo }
      }

      override async put(...given: Parameters<MemoryArtifactStore['put']>): ReturnType<MemoryArtifactStore['put']> {
        rewritten.push(given[0])
        return super.put(...given)
      }
    }
    const context = { store: new Old(), workDir, where: 'The output "x"' }
    const ref = await writeArtifact(list(text), ['a', 'b'], context)
    rewritten.length = 0
    await writeArtifact(list(text), ['a', 'b'], context)
    const blobs = ['a', 'b'].map((item) => blobKey(contentOf(Buffer.from(item)).digest))
    expect(rewritten).toEqual([...blobs, treeKey(ref.digest)])
  })
})

describe('a materializer that does not wait for its files', () => {
  it('loses none of them', async () => {
    const hasty = materializer<string>({
      name: 'hasty',
      version: 1,
      write: (value, files) => {
        void files.write('value.txt', value)
      },
      read: (files) => files.text(),
    })
    expect(await read(hasty, await write(hasty, 'stone'))).toBe('stone')
  })

  it('is refused where a file could not be written, or none was', async () => {
    const wrong = materializer<string>({
      name: 'wrong',
      version: 1,
      write: (value, files) => {
        void files.write('../value.txt', value)
      },
      read: (files) => files.text(),
    })
    await expect(write(wrong, 'stone')).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_PATH' })
    const empty = materializer<string>({ name: 'empty', version: 1, write: () => {}, read: () => '' })
    await expect(write(empty, 'stone')).rejects.toThrow('its materializer wrote no file')
  })
})
