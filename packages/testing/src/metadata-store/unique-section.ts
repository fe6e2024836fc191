import assert from 'node:assert/strict'

import { pipelineVersionRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { expectCode } from '../suite/expect-error.ts'
import { idsOf, inserts, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** Sets of fields that are unique within a kind. */
export const UNIQUE_SECTION: MetadataStoreSection = {
  title: 'unique fields',
  tests: {
    'let a name be taken by one run only': async ({ component, other }) => {
      await component.write(inserts('run', runRecord({ id: 'a', name: 'Nightly' })))
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        other.write(inserts('run', runRecord({ id: 'b', name: 'nightly' }))),
      )
      assert.deepEqual(await idsOf(component, 'run'), ['a'])
    },

    'let a version of a pipeline be taken by one structure only, and the other way round': async ({ component }) => {
      await component.write(inserts('pipelineVersion', pipelineVersionRecord({ version: 1, structure: 's1' })))
      const clash = (fields: Parameters<typeof pipelineVersionRecord>[0]): Promise<void> =>
        component.write(inserts('pipelineVersion', pipelineVersionRecord(fields)))
      await expectCode('CAIRN_RECORD_CONFLICT', () => clash({ id: 'x', version: 1, structure: 's2' }))
      await expectCode('CAIRN_RECORD_CONFLICT', () => clash({ version: 2, structure: 's1' }))
      await clash({ pipeline: 'other', version: 1, structure: 's1' })
      await clash({ version: 2, structure: 's2' })
      assert.equal((await idsOf(component, 'pipelineVersion')).length, 3)
    },

    'let an invocation be there once in a run': async ({ component }) => {
      await component.write(inserts('stepRun', stepRunRecord()))
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        component.write(inserts('stepRun', stepRunRecord({ position: 9 }))),
      )
      await component.write(inserts('stepRun', stepRunRecord({ run: 'run-2' })))
    },

    'hold within one batch too': async ({ component }) => {
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        component.write(inserts('run', runRecord({ id: 'a', name: 'n' }), runRecord({ id: 'b', name: 'n' }))),
      )
      assert.deepEqual(await idsOf(component, 'run'), [])
    },

    'hold for updates': async ({ component }) => {
      const [a, b] = [runRecord({ id: 'a', name: 'first' }), runRecord({ id: 'b', name: 'second' })]
      await component.write(inserts('run', a, b))
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        component.write([update('run', { ...b, revision: 2, nameKey: 'first' })]),
      )
      assert.deepStrictEqual(await component.get('run', 'b'), b)
    },

    'are free again after a delete or an update': async ({ component }) => {
      const [a, b] = [runRecord({ id: 'a', name: 'first' }), runRecord({ id: 'b', name: 'second' })]
      await component.write(inserts('run', a, b))
      await component.write([
        { op: 'delete', kind: 'run', id: 'a' },
        update('run', { ...b, revision: 2, name: 'third', nameKey: 'third' }),
      ])
      await component.write(
        inserts('run', runRecord({ id: 'c', name: 'first' }), runRecord({ id: 'd', name: 'second' })),
      )
      assert.deepEqual(await idsOf(component, 'run'), ['b', 'c', 'd'])
    },
  },
}
