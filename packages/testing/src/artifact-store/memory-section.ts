import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { patternBytes, patternStream } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { largeBytes } from './large-object-section.ts'

const MIB = 1024 * 1024
/** Of smaller objects the memory says nothing. */
const LEAST = 24 * MIB
const MOST_HELD = 16 * MIB

/** How much of a large object is in memory at a time. */
export const MEMORY_SECTION: ArtifactStoreSection = {
  title: 'memory',
  when: (options) => options.reopen !== undefined && largeBytes(options) >= LEAST,
  tests: {
    'holds a small part of an object that streams through it': async ({ component, options }) => {
      const size = largeBytes(options)
      const watch = new MemoryWatch()
      await component.put('large', watch.pass(patternStream(size, patternBytes(MIB))))
      const read = await component.get('large')
      assert.ok(read !== undefined)
      let seen = 0
      for await (const chunk of watch.pass(read)) seen += chunk.length
      assert.equal(seen, size)
      assert.ok(watch.most < MOST_HELD, `${watch.most} of ${size} bytes were in memory at once`)
    },
  },
}

/** Measures what is really in use, without what only waits to be collected. */
class MemoryWatch {
  /** Bytes beyond the least that were in use before. */
  most = 0
  #least: number
  readonly #collect: () => void

  constructor() {
    setFlagsFromString('--expose-gc')
    // Sound: the flag makes it a global of every context from here on.
    this.#collect = runInNewContext('gc') as () => void
    this.#least = this.#inUse()
  }

  /** Looks every few megabytes of a stream. */
  async *pass(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let since = 0
    for await (const chunk of stream) {
      since += chunk.length
      if (since >= 4 * MIB) {
        since = 0
        const inUse = this.#inUse()
        // What earlier tests have left may be given back only here.
        this.#least = Math.min(this.#least, inUse)
        this.most = Math.max(this.most, inUse - this.#least)
      }
      yield chunk
    }
  }

  #inUse(): number {
    this.#collect()
    // Buffers are swept beside the program; a second collection waits for that of the first.
    this.#collect()
    return process.memoryUsage().arrayBuffers
  }
}
