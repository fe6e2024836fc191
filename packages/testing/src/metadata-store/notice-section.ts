import assert from 'node:assert/strict'

import { collectItems } from '../fixtures/bytes.ts'
import { pipelineRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { expectReason } from '../suite/expect-error.ts'
import { inserts, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** A service may take a long time for each. */
const AT_ONCE = 20

/** What was written, for those who follow. */
export const NOTICE_SECTION: MetadataStoreSection = {
  title: 'notices',
  tests: {
    'name every change in the order of writing': async ({ component, other }) => {
      await component.write([...inserts('pipeline', pipelineRecord()), ...inserts('run', runRecord())])
      await other.write([
        ...inserts('stepRun', stepRunRecord(), stepRunRecord({ invocation: 'b' })),
        update('run', runRecord({ revision: 2 })),
        { op: 'delete', kind: 'pipeline', id: 'digits' },
      ])
      const notices = await collectItems(component.changes(0))
      assert.deepEqual(
        notices.map(({ op, kind, id }) => `${op} ${kind} ${id}`),
        [
          'insert pipeline digits',
          'insert run run-1',
          'insert stepRun run-1.train',
          'insert stepRun run-1.b',
          'update run run-1',
          'delete pipeline digits',
        ],
      )
    },

    'share a number within a batch, which grows from batch to batch': async ({ component }) => {
      await component.write(inserts('run', runRecord({ id: 'a' }), runRecord({ id: 'b' })))
      await component.write(inserts('run', runRecord({ id: 'c' })))
      await component.write(inserts('run', runRecord({ id: 'd' }), runRecord({ id: 'e' })))
      const [a, b, c, d, e] = (await collectItems(component.changes(0))).map(({ sequence }) => sequence)
      assert.ok(a !== undefined && c !== undefined && d !== undefined)
      assert.ok(a === b && b < c && c < d && d === e)
    },

    'start after a number and end at the newest': async ({ component, other }) => {
      for (const id of ['a', 'b', 'c']) await component.write(inserts('run', runRecord({ id })))
      const all = await collectItems(other.changes(0))
      const [first, second] = all
      assert.deepEqual(await collectItems(other.changes(first?.sequence ?? 0)), all.slice(1))
      assert.deepEqual(await collectItems(other.changes(second?.sequence ?? 0)), all.slice(2))
      assert.deepEqual(await collectItems(other.changes(all.at(-1)?.sequence ?? 0)), [])
    },

    'lose nothing for a follower who asks again and again': async ({ component, other }) => {
      const seen: string[] = []
      let since = 0
      let isWriting = true
      const write = async (): Promise<void> => {
        for (let at = 0; at < 60; at++) {
          await component.write(inserts('run', runRecord({ id: `run-${at}` })))
          if (at % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
        }
      }
      const follow = async (): Promise<void> => {
        for await (const notice of other.changes(since)) {
          seen.push(notice.id)
          since = notice.sequence
        }
      }
      const followAll = async (): Promise<void> => {
        while (isWriting) {
          await follow()
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
        await follow()
      }
      await Promise.all([write().finally(() => (isWriting = false)), followAll()])
      assert.deepEqual(
        seen,
        Array.from({ length: 60 }, (_, at) => `run-${at}`),
      )
    },

    'come in any number': async ({ component }) => {
      const runs = Array.from({ length: 300 }, (_, at) => runRecord({ id: `run-${at}` }))
      for (let at = 0; at < runs.length; at += AT_ONCE) {
        await Promise.all(runs.slice(at, at + AT_ONCE).map((run) => component.write(inserts('run', run))))
      }
      const noticed = (await collectItems(component.changes(0))).map(({ id }) => id)
      assert.deepEqual(new Set(noticed), new Set(runs.map(({ id }) => id)))
      assert.equal(noticed.length, runs.length)
    },

    'end when the signal is aborted': async ({ component }) => {
      for (const id of ['a', 'b', 'c']) await component.write(inserts('run', runRecord({ id })))
      const reason = new Error('cancelled')
      await expectReason(reason, () => collectItems(component.changes(0, { signal: AbortSignal.abort(reason) })))
    },
  },
}
