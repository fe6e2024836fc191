import assert from 'node:assert/strict'
import { createWriteStream } from 'node:fs'
import nodePath from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ArtifactStore } from '@cairnml/core'

import { digestStream, patternBytes, patternStream } from '../fixtures/bytes.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import type { ArtifactStoreSection, ArtifactStoreConformanceOptions } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt } from './stored-bytes.ts'

const PIECE = patternBytes(1_000_003)

/** Objects that do not fit into one piece. */
export const LARGE_OBJECT_SECTION: ArtifactStoreSection = {
  title: 'large objects',
  tests: {
    'gives back a large stream byte by byte': async ({ component, options }) => {
      const size = largeBytes(options)
      const result = await component.put('large', patternStream(size, PIECE))
      assert.equal(result.size, size)
      await assertLarge(component, size)
    },

    'gives back a large file byte by byte': async ({ component, options }) => {
      const size = largeBytes(options)
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'large.bin')
      await pipeline(patternStream(size, PIECE), createWriteStream(file))
      await component.put('large', { file })
      await assertLarge(component, size)
    },

    'gives the parts at the far end of a large object': async ({ component, other, options }) => {
      const size = largeBytes(options)
      await component.put('large', patternStream(size, PIECE))
      const expected = (start: number, end: number): Buffer =>
        Buffer.from(
          Array.from({ length: Math.max(0, end - start) }, (_, at) => PIECE[(start + at) % PIECE.length] ?? 0),
        )
      for (const [start, length] of [
        [size - 1, 1],
        [size - 1, 100],
        [Math.max(0, size - 70_000), undefined],
        [Math.max(0, size - 70_000), 35_000],
        [size, 1],
        [size * 2, undefined],
      ] as const) {
        const end = Math.min(size, start + (length ?? size))
        assertBytes(await bytesAt(other, 'large', { range: { start, length } }), expected(start, end))
      }
    },
  },
}

/** Size of the large object. */
export function largeBytes(options: ArtifactStoreConformanceOptions): number {
  return options.largeBytes ?? 64 * 1024 * 1024
}

async function assertLarge(store: ArtifactStore, size: number): Promise<void> {
  assert.equal((await store.stat('large'))?.size, size)
  const read = await store.get('large')
  assert.ok(read !== undefined)
  assert.deepEqual(await digestStream(read), await digestStream(patternStream(size, PIECE)))
}
