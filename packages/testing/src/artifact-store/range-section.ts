import assert from 'node:assert/strict'

import type { ByteRange } from '@cairnml/core'

import { patternBytes } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, text } from './stored-bytes.ts'

/** Reading parts of objects. */
export const RANGE_SECTION: ArtifactStoreSection = {
  title: 'ranges',
  tests: {
    'gives a part from the start, the middle and the end': async ({ component }) => {
      await component.put('a', text('0123456789'))
      const part = (range: ByteRange): Promise<Buffer | undefined> => bytesAt(component, 'a', { range })
      assertBytes(await part({ start: 0, length: 3 }), text('012'))
      assertBytes(await part({ start: 4, length: 1 }), text('4'))
      assertBytes(await part({ start: 7 }), text('789'))
      assertBytes(await part({ start: 0 }), text('0123456789'))
    },

    'gives what there is of a range that goes beyond the end': async ({ component }) => {
      await component.put('a', text('0123456789'))
      assertBytes(await bytesAt(component, 'a', { range: { start: 8, length: 100 } }), text('89'))
      assertBytes(await bytesAt(component, 'a', { range: { start: 10 } }), text(''))
      assertBytes(await bytesAt(component, 'a', { range: { start: 50, length: 5 } }), text(''))
    },

    'gives nothing of an empty range or an empty object': async ({ component }) => {
      await component.put('a', text('0123456789'))
      await component.put('empty', text(''))
      assertBytes(await bytesAt(component, 'a', { range: { start: 3, length: 0 } }), text(''))
      assertBytes(await bytesAt(component, 'empty', { range: { start: 0, length: 10 } }), text(''))
    },

    'knows nothing of a range of an object that is not there': async ({ component }) => {
      assert.equal(await component.get('a', { range: { start: 0, length: 1 } }), undefined)
    },

    'gives the right bytes of a larger object': async ({ component }) => {
      const bytes = Buffer.from(patternBytes(3_000_000))
      await component.put('a', bytes)
      for (const [start, length] of [
        [0, 1_048_577],
        [1_048_575, 2],
        [65_535, 1_200_000],
        [2_999_999, 1],
      ] as const) {
        const part = await bytesAt(component, 'a', { range: { start, length } })
        assert.ok(part?.equals(bytes.subarray(start, start + length)), `bytes ${start} to ${start + length}`)
      }
    },
  },
}
