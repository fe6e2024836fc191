import assert from 'node:assert/strict'

import { patternBytes, patternStream } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

const WRITERS = 8

/** Several writers and readers at once. */
export const CONCURRENCY_SECTION: ArtifactStoreSection = {
  title: 'concurrency',
  tests: {
    'keeps one whole object of several that are put at once': async ({ component, other }) => {
      const bodies = Array.from({ length: WRITERS }, (_, seed) => Buffer.from(patternBytes(700_000 + seed, seed)))
      await Promise.all(
        bodies.map((bytes, at) => (at % 2 === 0 ? component : other).put('a', patternStream(bytes.length, bytes))),
      )
      const found = await bytesAt(component, 'a')
      assert.ok(found !== undefined && bodies.some((bytes) => bytes.equals(found)))
      assert.equal((await component.stat('a'))?.size, found.length)
    },

    'shows a reader the old or the new object, never a mixture': async ({ component, other }) => {
      const versions = Array.from({ length: 4 }, (_, seed) => Buffer.from(patternBytes(300_000 + seed, seed)))
      await component.put('a', versions[0] ?? text(''))
      let isWriting = true
      const write = async (): Promise<void> => {
        for (let round = 0; round < 20; round++) await component.put('a', versions[round % 4] ?? text(''))
      }
      const read = async (): Promise<void> => {
        while (isWriting) {
          const found = await bytesAt(other, 'a')
          assert.ok(found !== undefined && versions.some((bytes) => bytes.equals(found)))
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      await Promise.all([write().finally(() => (isWriting = false)), read()])
    },

    'puts many objects into one new folder at once': async ({ component, other }) => {
      const keys = Array.from({ length: 40 }, (_, at) => `new/folder/here/${String(at).padStart(2, '0')}`)
      await Promise.all(keys.map((key, at) => (at % 2 === 0 ? component : other).put(key, text(key))))
      assert.deepEqual(await keysUnder(component, 'new/'), keys)
    },

    'puts and removes neighbours at once': async ({ component, other }) => {
      for (let round = 0; round < 20; round++) {
        await component.put('f/g/old', text('old'))
        await Promise.all([other.delete('f/g/old'), component.put(`f/g/new${round}`, text('new'))])
        assertBytes(await bytesAt(other, `f/g/new${round}`), text('new'))
        await component.delete(`f/g/new${round}`)
      }
    },
  },
}
