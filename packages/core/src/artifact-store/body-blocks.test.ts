import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bodyBlocks, bodyBytes } from './body-blocks.ts'

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('bodyBlocks', () => {
  it('gives all bytes in order, in blocks of one size but for the last, whatever the stream gives', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 50 }), async (given, blockBytes) => {
        const blocks = await Array.fromAsync(bodyBlocks(streamOf(given), { blockBytes }))
        expect(Buffer.concat(blocks)).toEqual(Buffer.concat(given))
        expect(blocks.slice(0, -1).every(({ length }) => length === blockBytes)).toBe(true)
        expect(blocks.every(({ length }) => length > 0 && length <= blockBytes)).toBe(true)
      }),
    )
  })

  it('takes bytes and files as well', async () => {
    await using folder = await mkdtempDisposable(path.join(os.tmpdir(), 'cairn-blocks-'))
    const file = path.join(folder.path, 'file')
    const bytes = Buffer.from('0123456789')
    await writeFile(file, bytes)
    for (const body of [bytes, { file }]) {
      const blocks = await Array.fromAsync(bodyBlocks(body, { blockBytes: 4 }))
      expect(blocks.map((block) => Buffer.from(block).toString())).toEqual(['0123', '4567', '89'])
    }
  })

  it('copies what the source uses again', async () => {
    const memory = Buffer.alloc(3)
    async function* body(): AsyncGenerator<Uint8Array> {
      for (const letter of 'abcd') yield memory.fill(letter)
    }
    const blocks = await Array.fromAsync(bodyBlocks(body(), { blockBytes: 6 }))
    expect(blocks.map((block) => Buffer.from(block).toString())).toEqual(['aaabbb', 'cccddd'])
  })

  it('reads no further than the block that is asked for', async () => {
    let taken = 0
    async function* body(): AsyncGenerator<Uint8Array> {
      for (; taken < 100; taken++) yield Buffer.alloc(10)
    }
    const blocks = bodyBlocks(body(), { blockBytes: 20 })
    await blocks.next()
    expect(taken).toBe(1)
  })

  it('ends with the reason of its signal while a stream stands still, and lets go of the stream', async () => {
    const controller = new AbortController()
    const released = Promise.withResolvers<string>()
    const body: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => controller.abort('cancelled')),
        return: async () => {
          released.resolve('released')
          return { done: true, value: undefined }
        },
      }),
    }
    await expect(bodyBlocks(body, { signal: controller.signal }).next()).rejects.toBe('cancelled')
    expect(await released.promise).toBe('released')
  })

  it('passes on what a stream throws', async () => {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(1)
      throw new Error('broken')
    }
    await expect(bodyBytes(body())).rejects.toThrow('broken')
  })
})

describe('bodyBytes', () => {
  it('gives a copy of all bytes, also of none', async () => {
    const bytes = Buffer.from('abc')
    const copy = await bodyBytes(bytes)
    bytes.fill(0)
    expect(Buffer.from(copy).toString()).toBe('abc')
    expect(await bodyBytes(new Uint8Array(0))).toEqual(new Uint8Array(0))
  })
})
