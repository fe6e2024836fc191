import assert from 'node:assert/strict'

import { collectItems } from '../fixtures/bytes.ts'
import { runRecord, stepRunRecord } from '../fixtures/records.ts'
import { idsOf, inserts, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** What another process finds. */
export const DURABILITY_SECTION: MetadataStoreSection = {
  title: 'the same store opened again',
  when: ({ reopen }) => reopen !== undefined,
  tests: {
    'has every batch, from the moment write resolved': async ({ component, other }) => {
      for (let at = 0; at < 20; at++) {
        const id = `run-${at}`
        await component.write([...inserts('run', runRecord({ id })), ...inserts('stepRun', stepRunRecord({ run: id }))])
        assert.deepStrictEqual(await other.get('run', id), runRecord({ id }))
        assert.deepEqual(await idsOf(other, 'stepRun', { where: { run: id } }), [`${id}.train`])
      }
    },

    'goes on with revisions, order and notices': async ({ component, other }) => {
      await component.write(inserts('run', runRecord({ id: 'a' })))
      await other.write([...inserts('run', runRecord({ id: 'b' })), update('run', runRecord({ id: 'a', revision: 2 }))])
      await component.write([update('run', runRecord({ id: 'a', revision: 3 }))])
      assert.deepEqual(await idsOf(other, 'run'), ['a', 'b'])
      assert.deepEqual(
        (await collectItems(other.changes(0))).map(({ op, id }) => `${op} ${id}`),
        ['insert a', 'insert b', 'update a', 'update a'],
      )
    },

    'continues a page of the first': async ({ component, other }) => {
      await component.write(inserts('run', ...['a', 'b', 'c'].map((id) => runRecord({ id }))))
      const { cursor } = await component.query('run', { limit: 2 })
      assert.deepEqual(await idsOf(other, 'run', { cursor }), ['c'])
    },
  },
}
