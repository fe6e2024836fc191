import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import type { ObjectBody, PutResult } from '../artifact-store/artifact-store.ts'
import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { matrix, ndArray, vector } from '../materializer/arrays.ts'
import { directory, file } from '../materializer/files.ts'
import { image } from '../materializer/images.ts'
import { json } from '../materializer/json.ts'
import type { ArtifactType } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { encodeNpy } from '../npy/encode-npy.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { readArtifact } from './read-artifact.ts'
import { storeExternal } from './store-external.ts'
import { writeArtifact } from './write-artifact.ts'

let folder: string
let store: MemoryArtifactStore
beforeEach(async () => {
  folder = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-external-'))
  store = new MemoryArtifactStore()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const where = 'The data from outside (1 of 1)'
const at = (name: string): string => nodePath.join(folder, name)
const given = async (type: ArtifactType, name: string, content: string | Uint8Array): Promise<ArtifactRef> => {
  await writeFile(at(name), content)
  return storeExternal({ type, file: at(name) }, { store, workDir: folder, where })
}
const keys = async (): Promise<readonly string[]> => (await Array.fromAsync(store.list(''))).map(({ key }) => key)

describe('a file from outside', () => {
  it('is stored as it is, with its path as label, and described as a step would', async () => {
    const array = { shape: [2], data: Float64Array.of(1, 3) }
    const ref = await given(vector, 'y.npy', encodeNpy(array))
    const made = await writeArtifact(vector, array.data, { store, workDir: folder, where })
    expect(ref).toEqual({ ...made, path: 'y.npy', external: at('y.npy') })
    expect(await readArtifact(vector, ref, { store, workDir: folder, where })).toEqual(array.data)
  })

  it('of any size is checked by its start', async () => {
    const data = new Float64Array(3_000_000)
    const bytes = encodeNpy({ shape: [1000, 3000], data })
    const ref = await given(matrix, 'big.npy', bytes)
    expect(ref).toMatchObject({ size: bytes.length })
    expect(ref.metadata).toBeUndefined()
    await expect(given(vector, 'big.npy', bytes)).rejects.toMatchObject({ code: 'CAIRN_EXTERNAL_INVALID' })
    await expect(given(ndArray, 'cut.npy', bytes.subarray(0, -1))).rejects.toMatchObject({
      code: 'CAIRN_EXTERNAL_INVALID',
    })
  })

  it('may be a folder where the type is one', async () => {
    await mkdir(at('data'))
    await writeFile(at('data/a.txt'), 'a')
    const ref = await storeExternal({ type: directory, file: at('data') }, { store, workDir: folder, where })
    expect(ref).toMatchObject({ external: at('data'), metadata: { files: 1 } })
    const wrong = storeExternal({ type: vector, file: at('data') }, { store, workDir: folder, where })
    await expect(wrong).rejects.toMatchObject({
      code: 'CAIRN_FILE_MISSING',
      message: expect.stringContaining('EISDIR') as string,
    })
  })

  it.each([
    ['cut.npy', vector, encodeNpy({ shape: [2], data: Float64Array.of(1, 2) }).subarray(0, -3)],
    ['float32.npy', vector, encodeNpy({ shape: [2], data: Float32Array.of(1, 2) })],
    ['one.npy', matrix, encodeNpy({ shape: [2], data: Float64Array.of(1, 2) })],
    ['empty.npy', matrix, ''],
    ['a.json', json(), '{"a":'],
    ['b.json', z.array(z.number()), '["a"]'],
    ['c.png', image, 'not a picture'],
  ])('is refused by name before it is stored: %s', async (name, type, content) => {
    await expect(given(type, name, content)).rejects.toMatchObject({
      code: 'CAIRN_EXTERNAL_INVALID',
      message: expect.stringContaining(name) as string,
    })
    expect(await keys()).toEqual([])
  })

  it('that is not there is refused', async () => {
    const data = { type: text, file: at('gone.txt') }
    await expect(storeExternal(data, { store, workDir: folder, where })).rejects.toMatchObject({
      code: 'CAIRN_FILE_MISSING',
    })
  })
})

describe('a file that changes while it is stored', () => {
  /** Somebody appends to the file when it was hashed and is about to be copied. */
  class RacedStore extends MemoryArtifactStore {
    override async put(key: string, body: ObjectBody): Promise<PutResult> {
      if ('file' in body) await appendFile(body.file, ' more')
      return super.put(key, body)
    }
  }

  it('is noticed, and what was copied is removed', async () => {
    store = new RacedStore()
    await expect(given(file('.txt'), 'log.txt', 'a line')).rejects.toMatchObject({ code: 'CAIRN_FILE_CHANGED' })
    const output = writeArtifact(file('.txt'), at('log.txt'), { store, workDir: folder, where })
    await expect(output).rejects.toMatchObject({
      code: 'CAIRN_FILE_CHANGED',
      message: expect.stringContaining('log.txt') as string,
    })
    expect(await keys()).toEqual([])
  })
})
