import assert from 'node:assert/strict'

import { collectItems } from '../fixtures/bytes.ts'
import { runRecord, stepRunRecord } from '../fixtures/records.ts'
import { expectReason } from '../suite/expect-error.ts'
import { idsOf, inserts } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

const STEPS = 500

/** Operations that are ended early. */
export const ABORT_SECTION: MetadataStoreSection = {
  title: 'abort',
  tests: {
    'leaves a whole batch or none when it is aborted meanwhile': async ({ component, other }) => {
      for (const delay of ['none', 'microtask', 'immediate'] as const) {
        const controller = new AbortController()
        const reason = new Error('cancelled')
        const steps = Array.from({ length: STEPS }, (_, at) => stepRunRecord({ run: delay, invocation: `step-${at}` }))
        const batch = [...inserts('stepRun', ...steps), ...inserts('run', runRecord({ id: delay }))]
        const writing = component.write(batch, { signal: controller.signal }).then(
          () => 'written',
          (error: unknown) => error,
        )
        if (delay === 'microtask') await Promise.resolve()
        if (delay === 'immediate') await new Promise((resolve) => setImmediate(resolve))
        controller.abort(reason)
        const outcome = await writing
        assert.ok(outcome === 'written' || outcome === reason, String(outcome))
        const { length } = await idsOf(other, 'stepRun', { where: { run: delay }, limit: 10_000 })
        assert.equal(length, outcome === 'written' ? STEPS : 0)
        assert.equal((await other.get('run', delay)) !== undefined, outcome === 'written')
      }
    },

    'leaves the number of the next batch as if nothing had been': async ({ component }) => {
      const reason = new Error('cancelled')
      await component.write(inserts('run', runRecord({ id: 'a' })))
      const signal = AbortSignal.abort(reason)
      await expectReason(reason, () => component.write(inserts('run', runRecord({ id: 'b' })), { signal }))
      await component.write(inserts('run', runRecord({ id: 'b' })))
      const notices = await collectItems(component.changes(0))
      assert.deepEqual(
        notices.map(({ op, id }) => `${op} ${id}`),
        ['insert a', 'insert b'],
      )
    },

    'ends notices in the middle': async ({ component }) => {
      await component.write(inserts('run', runRecord({ id: 'a' }), runRecord({ id: 'b' }), runRecord({ id: 'c' })))
      const controller = new AbortController()
      const reason = new Error('cancelled')
      await expectReason(reason, async () => {
        for await (const { id } of component.changes(0, { signal: controller.signal })) {
          assert.equal(id, 'a')
          controller.abort(reason)
        }
      })
    },
  },
}
