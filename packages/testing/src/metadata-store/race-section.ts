import assert from 'node:assert/strict'

import { isCairnError, type MetadataStore } from '@cairnml/core'

import { collectItems } from '../fixtures/bytes.ts'
import { pipelineRecord, runRecord, stepRunRecord } from '../fixtures/records.ts'
import { idsOf, inserts, update } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

const WRITERS = 12
const MOST_ATTEMPTS = 200

/** Several writers at once. */
export const RACE_SECTION: MetadataStoreSection = {
  title: 'races',
  tests: {
    'let exactly one of many inserts of a name through, with its whole batch': async ({ component, other }) => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: WRITERS }, (_, at) => {
          const run = runRecord({ id: `run-${at}`, name: 'nightly' })
          const steps = inserts(
            'stepRun',
            stepRunRecord({ run: run.id }),
            stepRunRecord({ run: run.id, invocation: 'b' }),
          )
          return (at % 2 === 0 ? component : other).write([...steps, ...inserts('run', run)])
        }),
      )
      const winners = outcomes.flatMap(({ status }, at) => (status === 'fulfilled' ? [`run-${at}`] : []))
      assert.equal(winners.length, 1)
      assert.deepEqual(await idsOf(component, 'run'), winners)
      assert.deepEqual(await idsOf(component, 'stepRun'), [`${winners[0]}.train`, `${winners[0]}.b`])
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          assert.ok(isCairnError(outcome.reason, 'CAIRN_RECORD_CONFLICT'), String(outcome.reason))
      }
    },

    'lose no update of writers who read again and retry': async ({ component, other }) => {
      await component.write(inserts('pipeline', pipelineRecord({ createdAt: 0 })))
      await Promise.all(
        Array.from({ length: WRITERS }, (_, at) => addOne(at % 2 === 0 ? component : other, `run-${at}`)),
      )
      const counted = await component.get('pipeline', 'digits')
      assert.equal(counted?.createdAt, WRITERS)
      assert.equal(counted?.revision, WRITERS + 1)
      assert.equal((await idsOf(component, 'run')).length, WRITERS)
      const sequences = (await collectItems(component.changes(0))).map(({ sequence }) => sequence)
      assert.deepEqual(
        sequences,
        sequences.toSorted((a, b) => a - b),
      )
      assert.equal(new Set(sequences).size, WRITERS + 1)
    },
  },
}

/** Counts a pipeline up and inserts a run, in one batch, until nobody came in between. */
async function addOne(store: MetadataStore, run: string): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const found = await store.get('pipeline', 'digits')
    assert.ok(found !== undefined)
    const next = { ...found, revision: found.revision + 1, createdAt: found.createdAt + 1 }
    try {
      return await store.write([...inserts('run', runRecord({ id: run })), update('pipeline', next)])
    } catch (error) {
      if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT')) throw error
    }
  }
  assert.fail(`${MOST_ATTEMPTS} attempts met a conflict, though every conflict lets another writer through`)
}
