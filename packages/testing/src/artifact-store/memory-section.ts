import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import nodePath from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'

import type { ArtifactStore, ByteRange } from '@cairnml/core'

import { patternBytes, patternStream } from '../fixtures/bytes.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { collectGarbage } from './collect-garbage.ts'
import { largeBytes } from './large-object-section.ts'

const MIB = 1024 * 1024
/** Of smaller objects the memory says nothing. */
const LEAST = 24 * MIB
const MOST_HELD = 16 * MIB
const LOOK_MS = 20
const MOST_ROUNDS = 50
const MOST_PAUSE_MS = 200

/** How much of a large object is in memory at a time. */
export const MEMORY_SECTION: ArtifactStoreSection = {
  title: 'memory',
  when: (options) => options.reopen !== undefined && largeBytes(options) >= LEAST,
  tests: {
    'holds a small part of an object that streams through it': async ({ component, options }) => {
      const size = largeBytes(options)
      const watch = await MemoryWatch.start()
      await component.put('large', watch.pass(patternStream(size, patternBytes(MIB))))
      watch.assertSmall(await readThrough(component, watch), size)
    },

    'holds a small part of a file that it takes': async ({ component, options }) => {
      const size = largeBytes(options)
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'large.bin')
      await pipeline(patternStream(size, patternBytes(MIB)), createWriteStream(file))
      const watch = await MemoryWatch.start()
      await watch.during(component.put('large', { file }))
      watch.assertSmall(size, size)
    },

    'holds a small part of an object of which a range is read': async ({ component, options }) => {
      const size = largeBytes(options)
      await component.put('large', patternStream(size, patternBytes(MIB)))
      const watch = await MemoryWatch.start()
      watch.assertSmall(await readThrough(component, watch, { start: size - 4 * MIB }), 4 * MIB)
    },
  },
}

async function readThrough(component: ArtifactStore, watch: MemoryWatch, range?: ByteRange): Promise<number> {
  const read = await component.get('large', { range })
  assert.ok(read !== undefined)
  let seen = 0
  for await (const chunk of watch.pass(read)) seen += chunk.length
  return seen
}

/** Measures what is really in use, without what only waits to be collected. */
class MemoryWatch {
  /** Bytes beyond the least that were in use before. */
  #most = 0
  #least = bytesInUse()

  /** Begins when nothing that earlier work has left is given back any more. */
  static async start(): Promise<MemoryWatch> {
    const watch = new MemoryWatch()
    for (let round = 0, quiet = 0; round < MOST_ROUNDS && quiet < 3; round++) {
      await setTimeout(LOOK_MS)
      const inUse = bytesInUse()
      quiet = inUse < watch.#least ? 0 : quiet + 1
      watch.#least = Math.min(watch.#least, inUse)
    }
    return watch
  }

  /** Looks every few megabytes of a stream. */
  async *pass(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let since = 0
    for await (const chunk of stream) {
      since += chunk.length
      if (since >= 4 * MIB) {
        since = 0
        this.#look()
      }
      yield chunk
    }
    this.#look()
  }

  /** Looks while the work goes on, and once when it is done. */
  async during(work: Promise<unknown>): Promise<void> {
    let isDone = false
    const done = work.finally(() => (isDone = true))
    // Longer and longer, because the work waits while memory is collected.
    for (let pauseMs = 2; !isDone; pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS)) {
      this.#look()
      await Promise.race([done, setTimeout(pauseMs)])
    }
    await done
    this.#look()
  }

  /** Fails if what was seen is not what was expected, or more was in memory than may be. */
  assertSmall(seen: number, expected: number): void {
    assert.equal(seen, expected)
    const held = `${this.#most} bytes were in memory at once, where a store may hold ${MOST_HELD}`
    assert.ok(this.#most < MOST_HELD, `${held}: pass the pieces on as they come, and wait until each is written`)
  }

  #look(): void {
    let inUse = process.memoryUsage().arrayBuffers
    // Not every time, as it takes long: what waits to be collected only adds to what is in use.
    if (inUse - this.#least >= MOST_HELD) inUse = bytesInUse()
    // What earlier tests have left may be given back only here.
    this.#least = Math.min(this.#least, inUse)
    this.#most = Math.max(this.#most, inUse - this.#least)
  }
}

function bytesInUse(): number {
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}
