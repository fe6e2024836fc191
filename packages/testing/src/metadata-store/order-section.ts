import assert from 'node:assert/strict'

import { pipelineRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { idsOf, inserts } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** In which order records come. */
export const ORDER_SECTION: MetadataStoreSection = {
  title: 'order',
  tests: {
    'is that of insertion when nothing is said': async ({ component, other }) => {
      await component.write(inserts('pipeline', pipelineRecord({ name: 'c' }), pipelineRecord({ name: 'a' })))
      await other.write(inserts('pipeline', pipelineRecord({ name: 'b' })))
      assert.deepEqual(await idsOf(component, 'pipeline'), ['c', 'a', 'b'])
    },

    'is that of numbers for numbers': async ({ component }) => {
      const positions = [10, 9, 100, 1, 0]
      await component.write(
        inserts('stepRun', ...positions.map((position) => stepRunRecord({ invocation: `i${position}`, position }))),
      )
      const order = (direction: 'asc' | 'desc'): Promise<readonly string[]> =>
        idsOf(component, 'stepRun', { where: { run: 'run-1' }, orderBy: { field: 'position', direction } })
      assert.deepEqual(await order('asc'), ['run-1.i0', 'run-1.i1', 'run-1.i9', 'run-1.i10', 'run-1.i100'])
      assert.deepEqual(await order('desc'), ['run-1.i100', 'run-1.i10', 'run-1.i9', 'run-1.i1', 'run-1.i0'])
    },

    'is that of code units for texts': async ({ component }) => {
      const names = ['b', 'B', 'a', 'a-b', 'a.b', 'A', '_', 'a0', 'aB']
      await component.write(inserts('pipeline', ...names.map((name, at) => pipelineRecord({ id: `p${at}`, name }))))
      const { items } = await component.query('pipeline', { orderBy: { field: 'name', direction: 'asc' } })
      assert.deepEqual(
        items.map(({ name }) => name),
        ['A', 'B', '_', 'a', 'a-b', 'a.b', 'a0', 'aB', 'b'],
      )
    },

    'is that of insertion, in the same direction, among equal values': async ({ component }) => {
      await component.write(
        inserts(
          'run',
          ...[
            ['a', 2],
            ['b', 1],
            ['c', 2],
            ['d', 1],
          ].map(([id, startedAt]) => runRecord({ id: String(id), startedAt: Number(startedAt) })),
        ),
      )
      const order = (direction: 'asc' | 'desc'): Promise<readonly string[]> =>
        idsOf(component, 'run', { orderBy: { field: 'startedAt', direction } })
      assert.deepEqual(await order('asc'), ['b', 'd', 'a', 'c'])
      assert.deepEqual(await order('desc'), ['c', 'a', 'd', 'b'])
    },

    'puts records without the field first': async ({ component }) => {
      const steps = { a: 'train', b: undefined, c: 'load', d: undefined, e: 'train' }
      const records = Object.entries(steps).map(([run, entryOf]) => stepRunRecord({ run, invocation: 'x', entryOf }))
      await component.write(inserts('stepRun', ...records))
      const order = (direction: 'asc' | 'desc', limit: number): Promise<readonly string[]> =>
        idsOf(component, 'stepRun', { orderBy: { field: 'entryOf', direction }, limit })
      assert.deepEqual(await order('asc', 9), ['b.x', 'd.x', 'c.x', 'a.x', 'e.x'])
      assert.deepEqual(await order('desc', 9), ['e.x', 'a.x', 'c.x', 'd.x', 'b.x'])
    },

    'of a field that is filtered by its value is that of insertion, page by page': async ({ component }) => {
      const runs = ['c', 'a', 'd', 'b', 'e']
      const records = runs.map((run) =>
        stepRunRecord({ run, invocation: 'x', entryOf: run === 'd' ? 'load' : 'train' }),
      )
      await component.write(inserts('stepRun', ...records))
      const query = { where: { entryOf: 'train' }, orderBy: { field: 'entryOf', direction: 'desc' }, limit: 3 } as const
      const first = await component.query('stepRun', query)
      const second = await component.query('stepRun', { ...query, cursor: first.cursor })
      assert.deepEqual(
        [first, second].map(({ items }) => items.map(({ run }) => run)),
        [['e', 'b', 'a'], ['c']],
      )
    },

    'puts a record that was deleted and inserted again at the end': async ({ component }) => {
      await component.write(inserts('run', runRecord({ id: 'a' }), runRecord({ id: 'b' })))
      await component.write([{ op: 'delete', kind: 'run', id: 'a' }, ...inserts('run', runRecord({ id: 'a' }))])
      assert.deepEqual(await idsOf(component, 'run'), ['b', 'a'])
    },
  },
}
