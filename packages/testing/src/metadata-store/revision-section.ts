import assert from 'node:assert/strict'

import { runRecord } from '../fixtures/records.ts'
import { expectCode } from '../suite/expect-error.ts'
import { idsOf, inserts, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** An update replaces exactly the revision that its writer read. */
export const REVISION_SECTION: MetadataStoreSection = {
  title: 'revisions',
  tests: {
    'are replaced one by one': async ({ component, other }) => {
      await component.write(inserts('run', runRecord({ error: { code: 'X', message: 'gone later' } })))
      await component.write([update('run', runRecord({ revision: 2, status: 'completed' }))])
      await other.write([update('run', runRecord({ revision: 3, status: 'failed' }))])
      assert.deepStrictEqual(await component.get('run', 'run-1'), runRecord({ revision: 3, status: 'failed' }))
    },

    'refuse an update of an older one, of one to come, and of the same': async ({ component }) => {
      const stored = runRecord({ revision: 2 })
      await component.write([...inserts('run', runRecord()), update('run', stored)])
      for (const revision of [1, 2, 4]) {
        await expectCode('CAIRN_RECORD_CONFLICT', () =>
          component.write([update('run', runRecord({ revision, status: 'failed' }))]),
        )
      }
      assert.deepStrictEqual(await component.get('run', 'run-1'), stored)
    },

    'refuse an update of what is not there': async ({ component }) => {
      await expectCode('CAIRN_RECORD_CONFLICT', () => component.write([update('run', runRecord({ revision: 2 }))]))
      await expectCode('CAIRN_RECORD_CONFLICT', () => component.write([update('run', runRecord({ revision: 1 }))]))
      assert.deepEqual(await idsOf(component, 'run'), [])
    },

    'let exactly one of many writers through': async ({ component, other }) => {
      await component.write(inserts('run', runRecord()))
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, at) =>
          (at % 2 === 0 ? component : other).write([update('run', runRecord({ revision: 2, tags: [`${at}`] }))]),
        ),
      )
      const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [`${at}`] : []))
      assert.equal(winners.length, 1)
      assert.deepEqual((await component.get('run', 'run-1'))?.tags, winners)
    },

    'keep the place in the order of insertion': async ({ component }) => {
      await component.write(inserts('run', runRecord({ id: 'a' }), runRecord({ id: 'b' })))
      await component.write([update('run', runRecord({ id: 'a', revision: 2 }))])
      assert.deepEqual(await idsOf(component, 'run'), ['a', 'b'])
    },
  },
}
