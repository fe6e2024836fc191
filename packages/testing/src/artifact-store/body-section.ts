import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'

import { patternBytes, patternStream } from '../fixtures/bytes.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

/** What an object may be made from. */
export const BODY_SECTION: ArtifactStoreSection = {
  title: 'bodies',
  tests: {
    'takes bytes, also a part of a larger buffer': async ({ component }) => {
      const bytes = patternBytes(10_000)
      await component.put('bytes', bytes.subarray(17, 5_017))
      assertBytes(await bytesAt(component, 'bytes'), Buffer.from(bytes.subarray(17, 5_017)))
    },

    'keeps bytes as they were when they were put': async ({ component }) => {
      const bytes = text('before')
      await component.put('bytes', bytes)
      bytes.fill(0)
      assertBytes(await bytesAt(component, 'bytes'), text('before'))
    },

    'leaves the bytes and pieces that it takes as they are': async ({ component }) => {
      const bytes = Buffer.from(patternBytes(200_000))
      const given = Buffer.from(bytes)
      await component.put('bytes', given)
      await component.put('stream', patternStream(given.length, given.subarray(0, 70_000)))
      assert.ok(given.equals(bytes), 'a store keeps what it is given as long as it likes, and changes a copy only')
    },

    'takes a file and leaves it as it is': async ({ component }) => {
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'source.bin')
      const bytes = patternBytes(300_000)
      await writeFile(file, bytes)
      const { size } = await component.put('file', { file })
      assert.equal(size, bytes.length)
      assertBytes(await readFile(file), Buffer.from(bytes))
      await writeFile(file, 'changed later')
      assertBytes(await bytesAt(component, 'file'), Buffer.from(bytes))
    },

    'takes a stream of pieces of any size': async ({ component }) => {
      const bytes = patternBytes(200_000)
      async function* pieces(): AsyncGenerator<Uint8Array> {
        for (const [from, to] of [
          [0, 1],
          [1, 1],
          [1, 70_000],
          [70_000, 70_003],
          [70_003, 200_000],
        ] as const) {
          yield bytes.subarray(from, to)
        }
      }
      assert.equal((await component.put('stream', pieces())).size, bytes.length)
      assertBytes(await bytesAt(component, 'stream'), Buffer.from(bytes))
    },

    'takes a stream without pieces as an empty object': async ({ component }) => {
      await component.put('stream', patternStream(0, text('x')))
      assert.equal((await component.stat('stream'))?.size, 0)
    },

    'leaves nothing of a stream that fails, and passes its error on': async ({ component, other }) => {
      const failure = new Error('the source broke')
      await expectReason(failure, () => component.put('new/stream', failing(failure)))
      assert.equal(await other.stat('new/stream'), undefined)
      assert.deepEqual(await keysUnder(other, 'new/'), [])
    },

    'leaves the old object when the stream of the new one fails': async ({ component, other }) => {
      const failure = new Error('the source broke')
      await component.put('a', text('old'))
      await expectReason(failure, () => component.put('a', failing(failure)))
      assertBytes(await bytesAt(other, 'a'), text('old'))
    },

    'leaves nothing of a file that does not exist': async ({ component, other }) => {
      await using folder = await temporaryFolder()
      await assert.rejects(async () => component.put('new/file', { file: nodePath.join(folder.path, 'missing') }))
      assert.equal(await other.stat('new/file'), undefined)
    },
  },
}

async function* failing(failure: Error): AsyncGenerator<Uint8Array> {
  yield patternBytes(100_000)
  throw failure
}
