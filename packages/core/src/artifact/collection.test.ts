import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { vector } from '../materializer/arrays.ts'
import { json } from '../materializer/json.ts'
import { list, optional, type Port } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import { isPresent } from './artifact-presence.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { blobKey, treeKey } from './layout.ts'
import { inputDigest, isRef, readArtifact } from './read-artifact.ts'
import type { ResultInput } from './result-manifest.ts'
import { collectionDigest } from './tree.ts'
import { writeArtifact } from './write-artifact.ts'

let workDir: string
const store = new MemoryArtifactStore()
beforeAll(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-collection-'))
})
afterAll(() => rm(workDir, { recursive: true, force: true }))

const where = 'The input "xs" of step "s"'
const write = (port: Port, value: unknown): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where })
const read = (port: Port, input: ResultInput): Promise<unknown> => readArtifact(port, input, { store, workDir, where })

describe('a collection', () => {
  it('comes back in its order and says how many items of which type it has', async () => {
    const ref = await write(list(text), ['b', 'a', 'b'])
    expect(ref).toEqual({
      kind: 'collection',
      digest: expect.any(String) as string,
      size: 3,
      type: 'text@1',
      count: 3,
      preview: { kind: 'text', text: 'b' },
    })
    expect(await read(list(text), ref)).toEqual(['b', 'a', 'b'])
    expect(await read(optional(list(text)), ref)).toEqual(['b', 'a', 'b'])
  })

  it('may be empty', async () => {
    const ref = await write(list(vector), [])
    expect(ref).toMatchObject({ count: 0, size: 0 })
    expect(await read(list(vector), ref)).toEqual([])
    expect(inputDigest([])).toBe(ref.digest)
    expect(await isPresent(store, ref)).toBe(true)
  })

  it('has the digest of a list of single artifacts of equal items', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { maxLength: 6 }), async (values) => {
        const collection = await write(list(json()), values)
        const single = await Promise.all(values.map((value) => write(json(), value)))
        expect(inputDigest(single)).toBe(inputDigest(collection))
        expect(await read(list(json()), single)).toEqual(values)
      }),
    )
  })

  it('does not count metadata and previews of its items', async () => {
    const item = await write(text, 'abc')
    expect(item.metadata).toBeDefined()
    const { metadata: _metadata, preview: _preview, ...plain } = item
    expect(collectionDigest([item])).toBe(collectionDigest([plain]))
  })

  it('counts order, number and type of its items', async () => {
    const digests = await Promise.all(
      [['a', 'b'], ['b', 'a'], ['a'], ['a', 'a'], ['ab'], []].map(
        async (values) => (await write(list(json()), values)).digest,
      ),
    )
    digests.push((await write(list(text), ['a', 'b'])).digest, (await write(list(z.string()), ['a', 'b'])).digest)
    // A schema stores as json@1 does, so its collection is the same one.
    expect(new Set(digests).size).toBe(digests.length - 1)
  })

  it('is not one of its items: a list of one has another digest than the item', async () => {
    const item = await write(text, 'a')
    expect(inputDigest([item])).not.toBe(inputDigest(item))
    expect(isRef(item)).toBe(true)
    expect(isRef([item])).toBe(false)
  })

  it('is missing when one of its items is', async () => {
    const ref = await write(list(text), ['kept', 'dropped'])
    const dropped = await write(text, 'dropped')
    await store.delete(blobKey(dropped.digest))
    expect(await isPresent(store, ref)).toBe(false)
    await expect(read(list(text), ref)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING' })
    await write(list(text), ['kept', 'dropped'])
    expect(await isPresent(store, ref)).toBe(true)
    await store.delete(treeKey(ref.digest))
    expect(await isPresent(store, ref)).toBe(false)
  })
})

describe('a list and a single artifact', () => {
  it('are not taken for each other', async () => {
    const single = await write(text, 'a')
    const collection = await write(list(text), ['a'])
    await expect(read(list(text), single)).rejects.toThrow('is stored as text@1 and cannot be read as a list')
    await expect(read(text, collection)).rejects.toThrow('is stored as list<text@1> and cannot be read as text@1')
    await expect(read(text, [single])).rejects.toThrow('is stored as a list and cannot be read as text@1')
    await expect(read(list(json()), collection)).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_TYPE' })
    await expect(read(list(json()), [single])).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_TYPE' })
  })
})
