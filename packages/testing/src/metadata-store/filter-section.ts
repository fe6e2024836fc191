import assert from 'node:assert/strict'

import { RECORD_INDEXES, type MetadataStore, type RecordQuery, type StepRunRecord } from '@cairnml/core'

import { keyTreeRecord, pipelineRecord, pipelineVersionRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { expectCode } from '../suite/expect-error.ts'
import { idsOf, inserts } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** Which records an answer holds. */
export const FILTER_SECTION: MetadataStoreSection = {
  title: 'filters',
  tests: {
    'compare for equality': async ({ component }) => {
      await fill(component)
      assert.deepEqual(await idsOf(component, 'run', { where: { status: 'failed' } }), ['b', 'd'])
      assert.deepEqual(await idsOf(component, 'run', { where: { startedAt: 30 } }), ['c'])
      assert.deepEqual(await idsOf(component, 'run', { where: { status: 'FAILED' } }), [])
      assert.deepEqual(await idsOf(component, 'run', { where: { status: 'fail' } }), [])
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { run: 'a' } }), ['a.x'])
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { run: 'unknown' } }), [])
    },

    'compare the start of a text, character by character': async ({ component }) => {
      await component.write(
        inserts(
          'pipeline',
          ...['a_b', 'axb', 'a%b', 'A_b', 'a_', 'b'].map((name, at) => pipelineRecord({ id: `${at}`, name })),
        ),
      )
      const starting = (prefix: string): Promise<readonly string[]> =>
        idsOf(component, 'pipeline', { where: { name: { prefix } } })
      assert.deepEqual(await starting('a_'), ['0', '4'])
      assert.deepEqual(await starting('a%'), ['2'])
      assert.deepEqual(await starting('A'), ['3'])
      assert.deepEqual(await starting(''), ['0', '1', '2', '3', '4', '5'])
      assert.deepEqual(await starting('a_b_'), [])
      assert.deepEqual(await starting('b'), ['5'])
    },

    'compare with bounds that belong to the range': async ({ component }) => {
      await fill(component)
      const within = (startedAt: { from?: number; to?: number }): Promise<readonly string[]> =>
        idsOf(component, 'run', { where: { startedAt } })
      assert.deepEqual(await within({ from: 20, to: 30 }), ['b', 'c'])
      assert.deepEqual(await within({ from: 30 }), ['c', 'd'])
      assert.deepEqual(await within({ to: 10 }), ['a'])
      assert.deepEqual(await within({}), ['a', 'b', 'c', 'd'])
      assert.deepEqual(await within({ from: 31, to: 29 }), [])
      assert.deepEqual(await idsOf(component, 'run', { where: { nameKey: { from: 'name-of-b', to: 'name-of-c' } } }), [
        'b',
        'c',
      ])
    },

    'must hold all together': async ({ component }) => {
      await fill(component)
      assert.deepEqual(await idsOf(component, 'run', { where: { status: 'failed', startedAt: { from: 30 } } }), ['d'])
      assert.deepEqual(await idsOf(component, 'run', { where: { status: 'failed', startedAt: undefined } }), ['b', 'd'])
    },

    'work on every indexed field of every kind': async ({ component }) => {
      await fill(component)
      for (const kind of ['pipeline', 'pipelineVersion', 'run', 'stepRun', 'keyTree'] as const) {
        for (const field of RECORD_INDEXES[kind].fields) await assertFilters(component, kind, field)
      }
    },

    'find no record without the field, whatever they compare it with': async ({ component }) => {
      await component.write(inserts('stepRun', ...entries()))
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { entryOf: 'train' } }), ['a.x', 'd.x'])
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { entryOf: '' } }), [])
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { entryOf: { prefix: '' } } }), ['a.x', 'c.x', 'd.x'])
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { entryOf: { from: '' } } }), ['a.x', 'c.x', 'd.x'])
      assert.deepEqual(await idsOf(component, 'stepRun', { where: { entryOf: {} } }), ['a.x', 'b.x', 'c.x', 'd.x'])
    },

    'refuse fields that are not indexed': async ({ component }) => {
      // Sound: the wrong names are what is tested.
      const wrong = (query: object): RecordQuery<'run'> => query as RecordQuery<'run'>
      for (const field of ['tags', 'id', 'nope', 'toString', 'status; DROP TABLE run', '__proto__x']) {
        await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', wrong({ where: { [field]: 'x' } })))
        await expectCode('CAIRN_RECORD_QUERY', () =>
          component.query('run', wrong({ orderBy: { field, direction: 'asc' } })),
        )
      }
    },
  },
}

/** Step runs that made an entry, and one that did not. */
function entries(): readonly StepRunRecord[] {
  const steps = { a: 'train', b: undefined, c: 'load', d: 'train' }
  return Object.entries(steps).map(([run, entryOf]) => stepRunRecord({ run, invocation: 'x', entryOf }))
}

async function fill(store: MetadataStore): Promise<void> {
  await store.write([
    ...inserts('run', runRecord({ id: 'a', startedAt: 10 }), runRecord({ id: 'b', startedAt: 20, status: 'failed' })),
    ...inserts('run', runRecord({ id: 'c', startedAt: 30 }), runRecord({ id: 'd', startedAt: 40, status: 'failed' })),
    ...inserts('stepRun', stepRunRecord({ run: 'a', invocation: 'x', entryOf: 'train' })),
    ...inserts('stepRun', stepRunRecord({ run: 'b', invocation: 'x' })),
    ...inserts('pipeline', pipelineRecord()),
    ...inserts('pipelineVersion', pipelineVersionRecord()),
    ...inserts('keyTree', keyTreeRecord()),
  ])
}

/** That filtering and sorting by a field find the record whose value it is. */
async function assertFilters(store: MetadataStore, kind: keyof typeof RECORD_INDEXES, field: string): Promise<void> {
  const [record] = (await store.query(kind, { limit: 1 })).items
  assert.ok(record !== undefined)
  // Sound: `field` is indexed for this kind, so its value is a text or a number.
  const value = (record as unknown as Readonly<Record<string, string | number>>)[field]
  for (const filter of [value, { from: value, to: value }]) {
    const query = { where: { [field]: filter }, orderBy: { field, direction: 'desc' } }
    // Sound: `field` is one of the indexed fields of this kind.
    const { items } = await store.query(kind, query as RecordQuery<typeof kind>)
    assert.ok(
      items.some(({ id }) => id === record.id),
      `${kind} by ${field}`,
    )
  }
}
