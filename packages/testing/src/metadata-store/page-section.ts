import assert from 'node:assert/strict'

import type { MetadataStore, RecordQuery } from '@cairnml/core'

import { runRecord } from '../fixtures/records.ts'
import { expectCode } from '../suite/expect-error.ts'
import { idsOf, inserts, pagesOf } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** Answers in parts. */
export const PAGE_SECTION: MetadataStoreSection = {
  title: 'pages',
  tests: {
    'have at most 100 records when nothing is said': async ({ component }) => {
      await fill(component, 130)
      const page = await component.query('run')
      assert.equal(page.items.length, 100)
      assert.ok(page.cursor !== undefined)
    },

    'give every record once, in every order': async ({ component }) => {
      await fill(component, 23)
      const orders: readonly RecordQuery<'run'>[] = [
        {},
        { orderBy: { field: 'startedAt', direction: 'asc' } },
        { orderBy: { field: 'startedAt', direction: 'desc' } },
        { orderBy: { field: 'nameKey', direction: 'desc' } },
      ]
      for (const order of orders) {
        const whole = await idsOf(component, 'run', order)
        const pages = await pagesOf(component, 'run', { ...order, limit: 5 })
        assert.deepEqual(
          pages.map((page) => page.length),
          [5, 5, 5, 5, 3],
        )
        assert.deepEqual(pages.flat(), whole)
      }
    },

    'end without a cursor, also when the last page is full': async ({ component }) => {
      await fill(component, 6)
      const first = await component.query('run', { limit: 3 })
      const second = await component.query('run', { limit: 3, cursor: first.cursor })
      assert.equal(second.items.length, 3)
      assert.equal(second.cursor, undefined)
      assert.equal((await component.query('run', { limit: 6 })).cursor, undefined)
      assert.equal((await component.query('run', { where: { nameKey: 'none' }, limit: 1 })).cursor, undefined)
    },

    'keep to their filters': async ({ component }) => {
      await fill(component, 20)
      const pages = await pagesOf(component, 'run', { where: { startedAt: { from: 2 } }, limit: 4 })
      assert.deepEqual(pages.flat(), await idsOf(component, 'run', { where: { startedAt: { from: 2 } } }))
    },

    'stay whole when records come and go between them': async ({ component, other }) => {
      await fill(component, 20)
      const order: RecordQuery<'run'> = { orderBy: { field: 'startedAt', direction: 'asc' }, limit: 6 }
      const whole = await idsOf(component, 'run', { ...order, limit: 50 })
      const first = await component.query('run', order)
      const [gone, last] = [first.items[1]?.id ?? '', first.items.at(-1)?.id ?? '']
      await other.write([
        { op: 'delete', kind: 'run', id: gone },
        { op: 'delete', kind: 'run', id: last },
        ...inserts('run', runRecord({ id: 'early', startedAt: -1 }), runRecord({ id: 'late', startedAt: 99 })),
      ])
      const rest = await pagesOf(component, 'run', { ...order, cursor: undefined, limit: 50 })
      assert.deepEqual(rest.flat(), ['early', ...whole.filter((id) => id !== gone && id !== last), 'late'])
      const after: string[] = []
      for (let cursor = first.cursor; cursor !== undefined;) {
        const page = await component.query('run', { ...order, cursor })
        after.push(...page.items.map(({ id }) => id))
        cursor = page.cursor
      }
      assert.deepEqual(after, [...whole.slice(6), 'late'])
    },

    'refuse a cursor that is made up or of another order': async ({ component }) => {
      await fill(component, 4)
      const { cursor } = await component.query('run', { limit: 2 })
      const order: RecordQuery<'run'> = { orderBy: { field: 'nameKey', direction: 'asc' } }
      await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', { ...order, cursor }))
      await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', { cursor: 'made-up' }))
    },

    'refuse a limit that is not a positive whole number': async ({ component }) => {
      for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expectCode('CAIRN_RECORD_QUERY', () => component.query('run', { limit }))
      }
    },
  },
}

/** Runs with many equal times. */
async function fill(store: MetadataStore, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, at) =>
    runRecord({ id: `r${(at * 7) % count}-${at}`, startedAt: at % 4 }),
  )
  await store.write(inserts('run', ...records))
}
