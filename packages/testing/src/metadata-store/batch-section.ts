import assert from 'node:assert/strict'

import { pipelineRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { collectItems } from '../fixtures/bytes.ts'
import { expectCode } from '../suite/expect-error.ts'
import { idsOf, inserts, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** Batches are applied whole or not at all. */
export const BATCH_SECTION: MetadataStoreSection = {
  title: 'batches',
  tests: {
    'leave out everything when one insert meets an id that exists': async ({ component, other }) => {
      await component.write(inserts('run', runRecord({ id: 'taken' })))
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        component.write([
          ...inserts('pipeline', pipelineRecord()),
          ...inserts('stepRun', stepRunRecord(), stepRunRecord({ invocation: 'second' })),
          ...inserts('run', runRecord({ id: 'taken', name: 'other' })),
        ]),
      )
      assert.equal(await other.get('pipeline', 'digits'), undefined)
      assert.deepEqual(await idsOf(other, 'stepRun'), [])
      assert.deepStrictEqual(await other.get('run', 'taken'), runRecord({ id: 'taken' }))
    },

    'take back updates and deletes too': async ({ component, other }) => {
      const first = runRecord({ id: 'a' })
      const second = runRecord({ id: 'b' })
      await component.write(inserts('run', first, second))
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        component.write([
          update('run', { ...first, revision: 2, status: 'completed' }),
          { op: 'delete', kind: 'run', id: 'b' },
          update('run', runRecord({ id: 'missing', revision: 2 })),
        ]),
      )
      assert.deepStrictEqual((await other.query('run')).items, [first, second])
    },

    'give no notice when they are left out': async ({ component, other }) => {
      await component.write(inserts('run', runRecord()))
      const before = await collectItems(other.changes(0))
      await expectCode('CAIRN_RECORD_CONFLICT', () =>
        component.write([...inserts('pipeline', pipelineRecord()), ...inserts('run', runRecord())]),
      )
      assert.deepEqual(await collectItems(other.changes(0)), before)
    },

    'apply their changes one after another': async ({ component, other }) => {
      const run = runRecord()
      await component.write([
        ...inserts('run', run),
        update('run', { ...run, revision: 2, status: 'failed' }),
        { op: 'delete', kind: 'run', id: run.id },
        ...inserts('run', { ...run, status: 'completed' }),
      ])
      assert.deepStrictEqual(await other.get('run', run.id), { ...run, status: 'completed' })
    },

    'may be tried again after a conflict': async ({ component }) => {
      await component.write(inserts('run', runRecord({ id: 'taken' })))
      const batch = [...inserts('stepRun', stepRunRecord()), ...inserts('run', runRecord({ id: 'taken' }))]
      await expectCode('CAIRN_RECORD_CONFLICT', () => component.write(batch))
      await component.write(inserts('stepRun', stepRunRecord()))
      assert.deepEqual(await idsOf(component, 'stepRun'), ['run-1.train'])
    },

    'may be empty': async ({ component }) => {
      await component.write([])
      assert.deepEqual(await collectItems(component.changes(0)), [])
    },

    'may be large': async ({ component, other }) => {
      const records = Array.from({ length: 2_000 }, (_, position) =>
        stepRunRecord({ invocation: `step-${position}`, position }),
      )
      await component.write(inserts('stepRun', ...records))
      const { items } = await other.query('stepRun', { where: { run: 'run-1' }, limit: 5_000 })
      assert.equal(items.length, 2_000)
    },

    'do not mind the delete of what is not there': async ({ component }) => {
      await component.write([{ op: 'delete', kind: 'run', id: 'missing' }, ...inserts('run', runRecord())])
      assert.deepEqual(await idsOf(component, 'run'), ['run-1'])
    },

    'need no records of other kinds': async ({ component }) => {
      await component.write(inserts('stepRun', stepRunRecord({ run: 'nowhere', origin: 'never.was' })))
      assert.equal((await component.get('stepRun', 'nowhere.train'))?.origin, 'never.was')
    },
  },
}
