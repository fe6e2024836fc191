import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'
import { crc32 as crc } from 'node:zlib'

import { encode } from 'fast-png'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import type { ArtifactRef } from '../artifact/artifact-ref.ts'
import { readArtifact } from '../artifact/read-artifact.ts'
import { writeArtifact } from '../artifact/write-artifact.ts'
import { readWhole } from '../artifact/blob.ts'
import { blobKey } from '../artifact/layout.ts'
import { isCairnError } from '../errors/cairn-error.ts'
import type { Image } from '../image/image.ts'
import { jpegHeader } from '../image/jpeg-header.ts'
import { decodePng, encodePng } from '../image/png.ts'
import { image, jpeg } from './images.ts'
import type { Port } from './port.ts'

let workDir: string
beforeAll(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-images-'))
})
afterAll(() => rm(workDir, { recursive: true, force: true }))

const store = new MemoryArtifactStore()
const where = 'The output "o" of step "s"'
const write = (port: Port, value: unknown): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where })
const read = (port: Port, ref: ArtifactRef): Promise<unknown> => readArtifact(port, ref, { store, workDir, where })

const images = fc
  .record({
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 20 }),
    channels: fc.constantFrom(1, 2, 3, 4),
    seed: fc.infiniteStream(fc.integer({ min: 0, max: 65535 })),
    isWide: fc.boolean(),
  })
  .map(({ width, height, channels, seed, isWide }): Image => {
    const numbers = [...seed.take(width * height * channels)]
    // Sound: one of the four above.
    return {
      width,
      height,
      channels: channels as 1,
      data: isWide ? Uint16Array.from(numbers) : Uint8Array.from(numbers),
    }
  })

/** A grey picture of 2 x 3 pixels, as far as its headers go. */
const JPEG = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080003000201011100ffda0008010100003f00d2cf20ffd9',
  'hex',
)

describe('image', () => {
  it('comes back equal, and equal images have equal bytes', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (value) => {
        const ref = await write(image, value)
        expect(await read(image, ref)).toStrictEqual(value)
        expect((await write(image, { ...value, data: value.data.slice() })).digest).toBe(ref.digest)
      }),
      { numRuns: 50 },
    )
  })

  it('has the same bytes on every machine', async () => {
    const ref = await write(image, { width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 0, 255) })
    expect(ref).toMatchObject({ path: 'image.png', metadata: { width: 2, height: 1, channels: 3, bits: 8 } })
    expect(ref.digest).toMatchInlineSnapshot(`"6c54d5b23a761aa92da26a45323650a806dee032e1670974e7d48bb0d3c2832a"`)
  })

  it('is previewed as a small picture of it', async () => {
    const value: Image = { width: 1000, height: 300, channels: 1, data: new Uint16Array(300_000).fill(0xffff, 150_000) }
    const { preview } = await write(image, value)
    if (preview?.kind !== 'image') throw new Error('There is no picture.')
    const small = await decodePng(Buffer.from(preview.base64, 'base64'))
    expect(small).toMatchObject({ width: 128, height: 38, channels: 1 })
    expect([small.data[0], small.data.at(-1)]).toEqual([0, 255])
    const noise = Uint8Array.from({ length: 200 * 200 * 4 }, (_, index) => Math.imul(index, 2654435761) >>> 13)
    expect((await write(image, { width: 200, height: 200, channels: 4, data: noise })).preview).toBeDefined()
  })

  it.each([
    [{ width: 0, height: 1, channels: 1, data: new Uint8Array() }, 'its width is not'],
    [{ width: 1, height: 1.5, channels: 1, data: new Uint8Array() }, 'its height is not'],
    [{ width: 1, height: 1, channels: 5, data: new Uint8Array(5) }, 'it has neither'],
    [{ width: 1, height: 1, channels: 1, data: [1] }, 'its data is neither'],
    [{ width: 2, height: 1, channels: 1, data: new Uint8Array(1) }, 'its data has 1 numbers, 2 are wanted'],
    [null, 'it is null'],
    ['x.png', 'it is string'],
  ])('refuses %j', async (value, reason) => {
    await expect(write(image, value)).rejects.toMatchObject({
      code: 'CAIRN_VALUE_UNSTORABLE',
      message: expect.stringContaining(reason) as string,
    })
  })

  it('reads colours of a palette', async () => {
    const png = encodePalette()
    expect(await decodePng(png)).toEqual({ width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) })
  })

  it('refuses a picture that claims to be huge before it makes room for it', async () => {
    const png = Buffer.from(await encodePng({ width: 1, height: 1, channels: 1, data: Uint8Array.of(0) }))
    png.writeUInt32BE(0x7fffffff, 16)
    await expect(decodePng(png)).rejects.toMatchObject({
      code: 'CAIRN_IMAGE_INVALID',
      message: expect.stringContaining('more than can be held') as string,
    })
  })

  it('refuses what is cut off, anywhere', async () => {
    const png = await encodePng({ width: 5, height: 3, channels: 3, data: new Uint8Array(45).fill(7) })
    for (let length = 0; length < png.length; length++) {
      await expect(decodePng(png.subarray(0, length)), String(length)).rejects.toMatchObject({
        code: 'CAIRN_IMAGE_INVALID',
      })
    }
  })

  it('reads damaged files as the picture or refuses them with a code', async () => {
    const png = await encodePng({ width: 5, height: 3, channels: 3, data: new Uint8Array(45).fill(7) })
    await fc.assert(
      fc.asyncProperty(fc.nat(png.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Uint8Array.from(png)
        damaged[at] = (damaged[at] ?? 0) ^ flip
        await decodePng(damaged).catch((error: unknown) => {
          if (!isCairnError(error, 'CAIRN_IMAGE_INVALID')) throw error
        })
      }),
      { numRuns: 300 },
    )
  })
})

describe('jpeg', () => {
  it('is stored as it is and tells its size', async () => {
    const ref = await write(jpeg, JPEG)
    expect(ref).toMatchObject({
      path: 'image.jpg',
      metadata: { width: 2, height: 3, channels: 1 },
      preview: { kind: 'image', mediaType: 'image/jpeg', base64: JPEG.toString('base64') },
    })
    expect(Buffer.from((await readWhole(store, blobKey(ref.digest))) ?? '').equals(JPEG)).toBe(true)
    expect(await read(jpeg, ref)).toEqual(new Uint8Array(JPEG))
  })

  it('refuses what is cut off before its size or has no end, and never fails without a code', () => {
    for (let length = 0; length < JPEG.length; length++) {
      expect(() => jpegHeader(JPEG.subarray(0, length)), String(length)).toThrow(
        expect.objectContaining({ code: 'CAIRN_IMAGE_INVALID' }),
      )
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isFramed) => {
        try {
          jpegHeader(isFramed ? Buffer.concat([JPEG.subarray(0, 2), bytes, JPEG.subarray(-2)]) : bytes)
        } catch (error) {
          if (!isCairnError(error, 'CAIRN_IMAGE_INVALID')) throw error
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each(['x', new Uint8Array(10)])('refuses %j', async (value) => {
    await expect(write(jpeg, value)).rejects.toThrow(/CAIRN|JPEG|Uint8Array/)
  })
})

/** Two pixels of two colours, by the chunks of the format: the encoder of the library writes no palettes. */
function encodePalette(): Uint8Array {
  const grey = Buffer.from(encode({ width: 2, height: 1, channels: 1, depth: 8, data: Uint8Array.of(0, 1) }))
  const header = Buffer.from(grey.subarray(0, 33))
  header.writeUInt8(3, 25)
  header.writeUInt32BE(crc(header.subarray(12, 29)), 29)
  const palette = Buffer.concat([Buffer.from('PLTE'), Buffer.from([1, 2, 3, 4, 5, 6])])
  const chunk = Buffer.concat([u32(6), palette, u32(crc(palette))])
  return Buffer.concat([header, chunk, grey.subarray(33)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
