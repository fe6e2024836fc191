import assert from 'node:assert/strict'

import { collectBytes, collectItems, patternBytes } from '../fixtures/bytes.ts'
import { expectReason } from '../suite/expect-error.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

/** Operations that are ended early. */
export const ABORT_SECTION: ArtifactStoreSection = {
  title: 'abort',
  tests: {
    'does nothing under a signal that was aborted before': async ({ component, other }) => {
      const reason = new Error('cancelled')
      const signal = AbortSignal.abort(reason)
      await component.put('there', text('one'))
      await expectReason(reason, () => component.put('new/a', text('x'), { signal }))
      await expectReason(reason, () => component.get('there', { signal }))
      await expectReason(reason, () => component.stat('there', { signal }))
      await expectReason(reason, () => component.delete('there', { signal }))
      await expectReason(reason, () => collectItems(component.list('', { signal })))
      assert.deepEqual(await keysUnder(other, 'new/'), [])
      assertBytes(await bytesAt(other, 'there'), text('one'))
    },

    'leaves nothing of a stream that is aborted in the middle': async ({ component, other }) => {
      const controller = new AbortController()
      const reason = new Error('cancelled')
      async function* body(): AsyncGenerator<Uint8Array> {
        yield patternBytes(500_000)
        controller.abort(reason)
        yield patternBytes(500_000)
        yield patternBytes(500_000)
      }
      await expectReason(reason, () => component.put('new/a', body(), { signal: controller.signal }))
      assert.equal(await other.stat('new/a'), undefined)
      assert.deepEqual(await keysUnder(other, 'new/'), [])
    },

    'leaves the old object when the new one is aborted in the middle': async ({ component, other }) => {
      const controller = new AbortController()
      const reason = new Error('cancelled')
      async function* body(): AsyncGenerator<Uint8Array> {
        yield patternBytes(500_000)
        controller.abort(reason)
        yield patternBytes(500_000)
      }
      await component.put('a', text('old'))
      await expectReason(reason, () => component.put('a', body(), { signal: controller.signal }))
      assertBytes(await bytesAt(other, 'a'), text('old'))
    },

    'does not wait for a stream that stands still': async ({ component, other }) => {
      const controller = new AbortController()
      const reason = new Error('cancelled')
      async function* body(): AsyncGenerator<Uint8Array> {
        yield patternBytes(1_000)
        setTimeout(() => controller.abort(reason), 10)
        await new Promise<never>(() => {})
      }
      await expectReason(reason, () => component.put('new/a', body(), { signal: controller.signal }))
      assert.equal(await other.stat('new/a'), undefined)
    },

    'ends a list in the middle': async ({ component }) => {
      for (const key of ['a/1', 'a/2', 'a/3']) await component.put(key, text(key))
      const controller = new AbortController()
      const reason = new Error('cancelled')
      await expectReason(reason, async () => {
        for await (const info of component.list('a/', { signal: controller.signal })) {
          assert.equal(info.key, 'a/1')
          controller.abort(reason)
        }
      })
    },

    'never gives a part of an object as the whole': async ({ component }) => {
      const bytes = patternBytes(5_000_000)
      await component.put('a', bytes)
      const controller = new AbortController()
      const reason = new Error('cancelled')
      const read = await component.get('a', { signal: controller.signal })
      assert.ok(read !== undefined)
      controller.abort(reason)
      const outcome = await collectBytes(read).catch((error: unknown) => error)
      assert.ok(outcome === reason || (outcome instanceof Uint8Array && Buffer.compare(outcome, bytes) === 0))
    },
  },
}
