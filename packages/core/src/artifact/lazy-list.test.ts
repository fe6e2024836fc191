import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import nodePath from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { MemoryArtifactStore } from '../artifact-store/memory-artifact-store.ts'
import { list, optional, portTypeName, type Port } from '../materializer/port.ts'
import { text } from '../materializer/text-and-bytes.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import { blobKey } from './layout.ts'
import { readArtifact } from './read-artifact.ts'
import type { ResultInput } from './result-manifest.ts'
import { writeArtifact } from './write-artifact.ts'
import type { WriteContext } from './write-context.ts'

let workDir: string
beforeAll(async () => {
  workDir = await mkdtemp(nodePath.join(os.tmpdir(), 'cairn-lazy-'))
})
afterAll(() => rm(workDir, { recursive: true, force: true }))

const store = new MemoryArtifactStore()
const where = 'The output "o" of step "s"'
const lazy = list(text, { lazy: true })
const write = (port: Port, value: unknown, more: Partial<WriteContext> = {}): Promise<ArtifactRef> =>
  writeArtifact(port, value, { store, workDir, where, ...more })
// Sound: that is what a lazy list is read as.
const read = async (input: ResultInput): Promise<AsyncIterable<string>> =>
  (await readArtifact(lazy, input, { store, workDir, where })) as AsyncIterable<string>

async function* letters(): AsyncGenerator<string> {
  yield* ['b', 'a', 'b']
}

describe('a lazy list as an output', () => {
  it('is the same artifact as an eager list of equal items, however it is made', async () => {
    const eager = await write(list(text), ['b', 'a', 'b'])
    expect(await write(lazy, letters())).toEqual(eager)
    expect(await write(lazy, ['b', 'a', 'b'])).toEqual(eager)
    expect(await write(lazy, new Set(['b', 'a']))).toEqual(await write(list(text), ['b', 'a']))
    expect(await write(lazy, (async function* () {})())).toEqual(await write(list(text), []))
    expect(portTypeName(lazy)).toBe(portTypeName(list(text)))
  })

  it('is stored item by item: each is in the store before the next is asked for', async () => {
    const digests: string[] = []
    const seen: boolean[] = []
    async function* items(): AsyncGenerator<string> {
      for (let index = 0; index < 4; index++) {
        const before = digests.at(-1)
        if (before !== undefined) seen.push((await store.stat(blobKey(before))) !== undefined)
        const value = `item ${index}`
        digests.push((await write(text, value)).digest)
        await store.delete(blobKey(digests.at(-1) ?? ''))
        yield value
      }
    }
    expect(await write(lazy, items())).toMatchObject({ count: 4 })
    expect(seen).toEqual([true, true, true])
  })

  it('fails with what its generator throws, naming the item where that cannot be stored', async () => {
    const fault = new Error('no more')
    async function* broken(): AsyncGenerator<string> {
      yield 'a'
      throw fault
    }
    await expect(write(lazy, broken())).rejects.toBe(fault)
    await expect(write(lazy, ['a', 1])).rejects.toMatchObject({
      code: 'CAIRN_VALUE_UNSTORABLE',
      message: expect.stringContaining(`${where} [1]`) as string,
    })
  })

  it('ends its generator when the step is to stop', async () => {
    const stop = new AbortController()
    const reason = new Error('Ctrl-C')
    let isClosed = false
    async function* endless(): AsyncGenerator<string> {
      try {
        for (let made = 0; ; made++) {
          if (made === 3) stop.abort(reason)
          yield 'x'
        }
      } finally {
        isClosed = true
      }
    }
    await expect(write(lazy, endless(), { signal: stop.signal })).rejects.toBe(reason)
    expect(isClosed).toBe(true)
  })

  it.each([['abc'], [3], [null], [{}]])('is refused when it is %j', async (value) => {
    await expect(write(lazy, value)).rejects.toMatchObject({ code: 'CAIRN_VALUE_UNSTORABLE' })
  })

  it('makes no folder where its items need none', async () => {
    const folder = nodePath.join(workDir, 'never')
    await writeArtifact(lazy, letters(), { store, workDir: folder, where })
    expect(await readdir(workDir)).not.toContain('never')
  })
})

describe('a lazy list as an input', () => {
  it('gives items in their order, each time that it is iterated, of a collection or of several artifacts', async () => {
    const items = [await write(text, 'b'), await write(text, 'a')]
    for (const input of [items, await write(list(text), ['b', 'a'])]) {
      const values = await read(input)
      expect(await Array.fromAsync(values)).toEqual(['b', 'a'])
      expect(await Array.fromAsync(values)).toEqual(['b', 'a'])
    }
    expect(await Array.fromAsync(await read([]))).toEqual([])
  })

  it('loads an item when it is asked for, and none before', async () => {
    const ref = await write(lazy, letters())
    const values = await read(ref)
    await store.delete(blobKey((await write(text, 'a')).digest))
    const iterator = values[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ done: false, value: 'b' })
    await expect(iterator.next()).rejects.toMatchObject({ code: 'CAIRN_ARTIFACT_MISSING' })
  })

  it('may be optional', async () => {
    const ref = await write(optional(lazy), letters())
    // Sound: that is what a lazy list is read as.
    const values = (await readArtifact(optional(lazy), ref, { store, workDir, where })) as AsyncIterable<string>
    expect(await Array.fromAsync(values)).toEqual(['b', 'a', 'b'])
  })
})

describe('list()', () => {
  it.each([
    [{ lazy: false }, 'lazy is something else than true'],
    [{ lasy: true }, 'it knows no option "lasy"'],
  ])('refuses the options %j', (options, problem) => {
    expect(() => list(text, options as never)).toThrow(
      expect.objectContaining({ details: { where: 'list()', problem } }),
    )
  })
})
