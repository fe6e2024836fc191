import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import nodePath from 'node:path'
import { Readable } from 'node:stream'

import { patternBytes } from '../fixtures/bytes.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { bytesAt, keysUnder } from './stored-bytes.ts'

type Stream = AsyncIterable<Uint8Array>

const MOST_PIECES = 1_000
/** A stream may be closed after the put was refused, by a store that has to ask its service something before. */
const PATIENCE_MS = 10_000

/** Bodies that come to no good end. */
export const BROKEN_BODY_SECTION: ArtifactStoreSection = {
  title: 'bodies that break',
  tests: {
    'leave nothing, wherever the stream fails': async ({ component, other }) => {
      for (const pieces of [0, 1, 5]) {
        const failure = new Error(`the source broke after ${pieces} pieces`)
        async function* body(): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < pieces; at++) yield patternBytes(100_000, at)
          throw failure
        }
        await expectReason(failure, () => component.put('new/a', body()))
        assert.deepEqual(await keysUnder(other, 'new/'), [], failure.message)
      }
    },

    'leave nothing of a Node stream that is destroyed before its end': async ({ component, other }) => {
      for (const failure of [undefined, new Error('the connection was reset')]) {
        const outcome = await component.put('new/a', cutOff(failure)).catch((error: unknown) => ({ error }))
        assert.ok('error' in outcome, 'a stream that was closed before its end was taken for a whole object')
        if (failure !== undefined) assert.equal(outcome.error, failure)
        assert.deepEqual(await keysUnder(other, 'new/'), [])
      }
    },

    'are closed when they are not read to the end': async ({ component }) => {
      const controller = new AbortController()
      const reason = new Error('cancelled')
      const closed = Promise.withResolvers<void>()
      const body = long({ piece: (at) => at === 5 && controller.abort(reason), close: () => closed.resolve() })
      await expectReason(reason, () => component.put('new/a', body, { signal: controller.signal }))
      const late = setTimeout(
        () => closed.reject(new Error('nobody called return() of a stream that was aborted')),
        PATIENCE_MS,
      )
      await closed.promise.finally(() => clearTimeout(late))
    },

    'are not read at all under a signal that was aborted before': async ({ component, other }) => {
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'source.bin')
      await writeFile(file, patternBytes(100_000))
      const reason = new Error('cancelled')
      const signal = AbortSignal.abort(reason)
      await expectReason(reason, () => component.put('new/file', { file }, { signal }))
      await expectReason(reason, () => component.put('new/stream', long(), { signal }))
      assert.deepEqual(await keysUnder(other, 'new/'), [])
    },

    'are there whole or not at all when a file is aborted meanwhile': async ({ component, other }) => {
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'source.bin')
      const bytes = patternBytes(5_000_000)
      await writeFile(file, bytes)
      const controller = new AbortController()
      const reason = new Error('cancelled')
      setImmediate(() => controller.abort(reason))
      const outcome = await component.put('new/a', { file }, { signal: controller.signal }).catch((error) => error)
      const found = await bytesAt(other, 'new/a')
      if (outcome === reason) return assert.equal(found, undefined, 'the put was aborted, and the object is there')
      assert.equal(outcome.written, true, String(outcome))
      assert.ok(found !== undefined && Buffer.compare(found, bytes) === 0)
    },
  },
}

/** A Node stream that is destroyed behind its first piece: not by the clock, as who is slow to read it hears of it, too. */
function cutOff(failure: Error | undefined): Readable {
  let isBegun = false
  return new Readable({
    read() {
      if (isBegun) return void setImmediate(() => this.destroy(failure))
      isBegun = true
      this.push(patternBytes(100_000))
    },
  })
}

/** A stream that is long enough to be ended early, and ends some day for who does not. */
function long(on: { readonly piece?: (at: number) => unknown; readonly close?: () => void } = {}): Stream {
  let at = 0
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    await new Promise((resolve) => setImmediate(resolve))
    on.piece?.(at)
    at += 1
    return at > MOST_PIECES ? { done: true, value: undefined } : { done: false, value: patternBytes(10) }
  }
  const end = async (): Promise<IteratorResult<Uint8Array>> => {
    on.close?.()
    return { done: true, value: undefined }
  }
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) }
}
