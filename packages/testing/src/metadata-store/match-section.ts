import assert from 'node:assert/strict'

import type { MetadataStore, RecordCondition, RecordQuery } from '@cairnml/core'

import { runRecord, stepRunRecord } from '../fixtures/records.ts'
import { artifactRef, digestOf } from '../fixtures/results.ts'
import { expectCode } from '../suite/expect-error.ts'
import { idsOf, inserts, pagesOf, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** Which records an answer holds by what they are about. */
export const MATCH_SECTION: MetadataStoreSection = {
  title: 'conditions',
  tests: {
    'compare indexed fields': async ({ component }) => {
      await fill(component)
      const runs = askRuns(component)
      assert.deepEqual(await runs({ field: 'status', is: '=', value: 'failed' }), ['b'])
      assert.deepEqual(await runs({ field: 'status', is: '!=', value: 'failed' }), ['a', 'c', 'd'])
      assert.deepEqual(await runs({ field: 'startedAt', is: '>', value: 20 }), ['c', 'd'])
      assert.deepEqual(await runs({ field: 'startedAt', is: '<=', value: 20 }), ['a', 'b'])
      assert.deepEqual(await runs({ field: 'nameKey', is: '^=', value: 'name-of' }), ['a', 'b', 'c', 'd'])
      assert.deepEqual(await runs({ field: 'startedAt', is: '=', value: '20' }), [])
      assert.deepEqual(await runs({ field: 'startedAt', is: '!=', value: '20' }), ['a', 'b', 'c', 'd'])
    },

    'compare tags, parameters, metrics and the duration of runs': async ({ component }) => {
      await fill(component)
      const runs = askRuns(component)
      assert.deepEqual(await runs({ field: 'tag', is: '=', value: 's7' }), ['a', 'c'])
      assert.deepEqual(await runs({ field: 'tag', is: '!=', value: 's7' }), ['b', 'd'])
      assert.deepEqual(await runs({ field: 'tag', is: '^=', value: 's' }), ['a', 'b', 'c'])
      assert.deepEqual(await runs({ field: 'metrics.acc', is: '>', value: 0.5 }), ['c'])
      assert.deepEqual(await runs({ field: 'metrics.acc', is: '>=', value: 0.5 }), ['a', 'c'])
      assert.deepEqual(await runs({ field: 'metrics.acc', is: '<', value: 0.9 }), ['a'])
      assert.deepEqual(await runs({ field: 'metrics.acc', is: '!=', value: 0.5 }), ['b', 'c', 'd'])
      assert.deepEqual(await runs({ field: 'params.model.kind', is: '=', value: 'svc' }), ['a'])
      assert.deepEqual(await runs({ field: 'params.model.kind', is: '<', value: 'z' }), ['a', 'b'])
      assert.deepEqual(await runs({ field: 'params.model.kind', is: '>', value: 0 }), ['c'])
      assert.deepEqual(await runs({ field: 'params.deep', is: '=', value: 'true' }), ['b'])
      assert.deepEqual(await runs({ field: 'params.none', is: '=', value: 'null' }), ['b'])
      assert.deepEqual(await runs({ field: 'params.layers', is: '=', value: '[64,32]' }), ['a'])
      assert.deepEqual(await runs({ field: 'durationMs', is: '>=', value: 5 }), ['a'])
      assert.deepEqual(await runs({ field: 'metrics.unknown', is: '=', value: 1 }), [])
    },

    'are joined': async ({ component }) => {
      await fill(component)
      const runs = askRuns(component)
      const tagged: RecordCondition<'run'> = { field: 'tag', is: '=', value: 's7' }
      const good: RecordCondition<'run'> = { field: 'metrics.acc', is: '>', value: 0.5 }
      const failed: RecordCondition<'run'> = { field: 'status', is: '=', value: 'failed' }
      assert.deepEqual(await runs({ all: [tagged, good] }), ['c'])
      assert.deepEqual(await runs({ any: [good, failed] }), ['b', 'c'])
      assert.deepEqual(await runs({ all: [tagged, { any: [good, failed] }] }), ['c'])
      assert.deepEqual(await runs({ all: [] }), ['a', 'b', 'c', 'd'])
      assert.deepEqual(await runs({ any: [] }), [])
      const both = { match: tagged, where: { startedAt: { from: 25 } } }
      assert.deepEqual(await idsOf(component, 'run', both), ['c'])
    },

    'follow what is written': async ({ component }) => {
      await fill(component)
      const a = runRecord({ id: 'a', revision: 2, startedAt: 10, tags: ['other'], params: { deep: false } })
      await component.write([update('run', a), { op: 'delete', kind: 'run', id: 'c' }])
      const runs = askRuns(component)
      assert.deepEqual(await runs({ field: 'tag', is: '=', value: 's7' }), [])
      assert.deepEqual(await runs({ field: 'tag', is: '=', value: 'other' }), ['a'])
      assert.deepEqual(await runs({ field: 'params.deep', is: '=', value: 'false' }), ['a'])
      assert.deepEqual(await runs({ field: 'metrics.acc', is: '>', value: 0 }), [])
    },

    'find step runs by what they read and made': async ({ component }) => {
      const [x, y, z] = [artifactRef('x'), artifactRef('y'), artifactRef('z')]
      await component.write(
        inserts(
          'stepRun',
          stepRunRecord({ run: 'r', invocation: 'load', outputs: { x, again: x } }),
          stepRunRecord({ run: 'r', invocation: 'train', inputs: { x, all: [y, z] }, outputs: {} }),
          stepRunRecord({ run: 'r', invocation: 'report', origin: 'q.report' }),
        ),
      )
      const having = (is: '=' | '^=', value: string): Promise<readonly string[]> =>
        idsOf(component, 'stepRun', { match: { field: 'artifact', is, value } })
      assert.deepEqual(await having('=', digestOf('x')), ['r.load', 'r.train'])
      assert.deepEqual(await having('=', digestOf('z')), ['r.train'])
      assert.deepEqual(await having('^=', digestOf('y').slice(0, 9)), ['r.train'])
      assert.deepEqual(await having('=', digestOf('unknown')), [])
    },

    'order and page by a fact, with the records that have it': async ({ component }) => {
      await fill(component)
      const ordered = (direction: 'asc' | 'desc', more: RecordQuery<'run'> = {}): Promise<readonly string[]> =>
        idsOf(component, 'run', { orderBy: { field: 'metrics.acc', direction }, ...more })
      assert.deepEqual(await ordered('asc'), ['a', 'c'])
      assert.deepEqual(await ordered('desc'), ['c', 'a'])
      assert.deepEqual(await ordered('desc', { match: { field: 'tag', is: '=', value: 'best' } }), ['c'])
      const byKind = { orderBy: { field: 'params.model.kind', direction: 'desc' }, limit: 1 } as const
      assert.deepEqual(await pagesOf(component, 'run', byKind), [['a'], ['b'], ['c']])
    },

    'of fields that there are not are CAIRN_RECORD_QUERY': async ({ component }) => {
      // Sound: what the types refuse is what is tested.
      const condition = { field: 'params', is: '=', value: 1 } as unknown as RecordCondition<'run'>
      await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', { match: condition }))
      await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', { match: { all: [condition] } }))
      const byTag = { orderBy: { field: 'tag', direction: 'asc' } } as const
      await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', byTag))
    },
  },
}

function askRuns(store: MetadataStore): (match: RecordCondition<'run'>) => Promise<readonly string[]> {
  return (match) => idsOf(store, 'run', { match })
}

async function fill(store: MetadataStore): Promise<void> {
  const params = { model: { kind: 'svc' }, layers: [64, 32] }
  const acc = (value: number): { readonly metrics: readonly { name: string; value: number }[] } => ({
    metrics: [{ name: 'acc', value }],
  })
  await store.write(
    inserts(
      'run',
      runRecord({ id: 'a', startedAt: 10, endedAt: 15, tags: ['s7', 'x', 's7'], params, ...acc(0.5) }),
      runRecord({
        id: 'b',
        startedAt: 20,
        status: 'failed',
        tags: ['s8'],
        params: { model: { kind: 'nn' }, deep: true, none: null },
      }),
      runRecord({ id: 'c', startedAt: 30, tags: ['s7', 'best'], params: { model: { kind: 7 } }, ...acc(0.9) }),
      runRecord({ id: 'd', startedAt: 40 }),
    ),
  )
}
