import assert from 'node:assert/strict'

import { patternBytes } from '../fixtures/bytes.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, text } from './stored-bytes.ts'

const WRITERS = 16

/** The capability `ifAbsent`. */
export const IF_ABSENT_SECTION: ArtifactStoreSection = {
  title: 'ifAbsent',
  when: ({ capabilities }) => capabilities?.ifAbsent === true,
  tests: {
    'writes what is not there': async ({ component, other }) => {
      assert.equal((await component.put('a', text('one'), { ifAbsent: true })).written, true)
      assertBytes(await bytesAt(other, 'a'), text('one'))
    },

    'leaves what is there and tells about it': async ({ component, other }) => {
      const { written, ...first } = await component.put('a', text('first'))
      const { written: again, ...second } = await other.put('a', text('a second one'), { ifAbsent: true })
      assert.equal(written, true)
      assert.equal(again, false)
      assert.deepEqual(second, first)
      assertBytes(await bytesAt(component, 'a'), text('first'))
    },

    'takes bytes, files and streams': async ({ component }) => {
      async function* stream(): AsyncGenerator<Uint8Array> {
        yield text('late')
      }
      await component.put('a', text('first'), { ifAbsent: true })
      assert.equal((await component.put('a', stream(), { ifAbsent: true })).written, false)
      assert.equal((await component.put('b', stream(), { ifAbsent: true })).written, true)
      assertBytes(await bytesAt(component, 'a'), text('first'))
      assertBytes(await bytesAt(component, 'b'), text('late'))
    },

    'has exactly one winner among many writers': async ({ component, other }) => {
      for (let round = 0; round < 10; round++) {
        const key = `race/${round}`
        const bodies = Array.from({ length: WRITERS }, (_, seed) => Buffer.from(patternBytes(10_000 + seed, seed)))
        const results = await Promise.all(
          bodies.map((bytes, at) => (at % 2 === 0 ? component : other).put(key, bytes, { ifAbsent: true })),
        )
        const winners = results.flatMap(({ written }, at) => (written ? [at] : []))
        assert.equal(winners.length, 1, `${winners.length} winners`)
        const winner = bodies[winners[0] ?? 0]
        assert.ok(winner !== undefined && (await bytesAt(component, key))?.equals(winner))
        assert.deepEqual(new Set(results.map(({ size }) => size)), new Set([winner.length]))
      }
    },

    'writes again what was removed': async ({ component }) => {
      await component.put('a', text('one'), { ifAbsent: true })
      await component.delete('a')
      assert.equal((await component.put('a', text('two'), { ifAbsent: true })).written, true)
    },

    'leaves nothing that stands in the way when it is aborted': async ({ component }) => {
      const reason = new Error('cancelled')
      const controller = new AbortController()
      async function* body(): AsyncGenerator<Uint8Array> {
        yield patternBytes(100_000)
        controller.abort(reason)
        yield patternBytes(100_000)
      }
      await expectReason(reason, () => component.put('a', body(), { ifAbsent: true, signal: controller.signal }))
      assert.equal((await component.put('a', text('one'), { ifAbsent: true })).written, true)
    },
  },
}
