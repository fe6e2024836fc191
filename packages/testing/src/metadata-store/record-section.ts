import assert from 'node:assert/strict'

import type { StepRunRecord } from '@cairnml/core'

import {
  FIXTURE_TIME,
  keyTreeRecord,
  pipelineRecord,
  pipelineVersionRecord,
  runRecord,
  stepRunRecord,
} from '../fixtures/records.ts'
import { artifactRef, digestOf } from '../fixtures/results.ts'
import { expectReason } from '../suite/expect-error.ts'
import { inserts } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'

/** A step run with every property. */
const FULL_STEP_RUN: StepRunRecord = stepRunRecord({
  status: 'failed',
  endedAt: FIXTURE_TIME + 1.5,
  key: digestOf('key'),
  entry: 'entry-1',
  entryOf: 'train',
  origin: 'run-0.train',
  uncacheable: 'it calls eval',
  why: { kind: 'changed', against: 'run-0.train', from: { x: ['load'] } },
  codeDigest: digestOf('code'),
  params: { gamma: 0.001, nested: [{ $number: 'NaN' }, null, 'text'] },
  inputs: { x: artifactRef('x'), list: [artifactRef('y'), artifactRef('z')] },
  outputs: { model: { kind: 'collection', digest: digestOf('c'), size: 7, type: 'json@1', count: 2 } },
  metrics: [
    { name: 'loss', value: 0.1, step: 1 },
    { name: 'loss', value: 1e-300 },
  ],
  metadata: { 'odd name': 'ä\u0000\u{1f600}"\'\\', '': true },
  options: { retries: 2 },
  attempts: [
    { attempt: 1, status: 'failed', startedAt: 1, endedAt: 2, error: { code: 'X', message: 'one\ntwo', stack: 'at' } },
  ],
  error: { code: 'X', message: 'no', hint: 'try again' },
})

/** Writing and reading single records. */
export const RECORD_SECTION: MetadataStoreSection = {
  title: 'records',
  tests: {
    'have a store with a name and a type': async ({ component }) => {
      assert.ok(component.name.length > 0)
      assert.ok(component.type.length > 0)
    },

    'come back equal to what was written, of every kind': async ({ component, other }) => {
      const run = runRecord({
        endedAt: FIXTURE_TIME + 5,
        tags: ['a', 'b'],
        counts: { completed: 3, failed: 1 },
        error: { code: 'CAIRN_X', message: 'text' },
        stack: { name: 's', components: { artifactStore: { name: 'a', type: 'local', plugin: 'local' } } },
      })
      await component.write([
        ...inserts('pipeline', pipelineRecord()),
        ...inserts('pipelineVersion', pipelineVersionRecord()),
        ...inserts('run', run),
        ...inserts('stepRun', FULL_STEP_RUN),
        ...inserts('keyTree', keyTreeRecord()),
      ])
      assert.deepStrictEqual(await other.get('pipeline', 'digits'), pipelineRecord())
      assert.deepStrictEqual(await other.get('pipelineVersion', 'digits@1'), pipelineVersionRecord())
      assert.deepStrictEqual(await other.get('run', run.id), run)
      assert.deepStrictEqual(await other.get('stepRun', FULL_STEP_RUN.id), FULL_STEP_RUN)
      assert.deepStrictEqual(await other.get('keyTree', keyTreeRecord().id), keyTreeRecord())
    },

    'come back from a query as they come back by id': async ({ component }) => {
      await component.write([...inserts('stepRun', FULL_STEP_RUN), ...inserts('run', runRecord())])
      assert.deepStrictEqual((await component.query('stepRun')).items, [FULL_STEP_RUN])
      assert.deepStrictEqual((await component.query('run')).items, [runRecord()])
    },

    'come back without properties that were undefined': async ({ component }) => {
      const written = stepRunRecord({ key: undefined, error: { code: 'X', message: 'no', hint: undefined } })
      await component.write(inserts('stepRun', written))
      const found = await component.get('stepRun', written.id)
      assert.deepStrictEqual(found, stepRunRecord({ error: { code: 'X', message: 'no' } }))
    },

    'keep the metrics that JSON does not have': async ({ component }) => {
      const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324]
      const written = stepRunRecord({ metrics: values.map((value) => ({ name: 'loss', value })) })
      await component.write(inserts('stepRun', written))
      assert.deepStrictEqual((await component.get('stepRun', written.id))?.metrics, written.metrics)
    },

    'do not change with the object that was written': async ({ component }) => {
      const tags = ['before']
      await component.write(inserts('run', runRecord({ tags })))
      tags.push('after')
      assert.deepStrictEqual((await component.get('run', 'run-1'))?.tags, ['before'])
    },

    'are undefined where there is none': async ({ component }) => {
      await component.write(inserts('pipeline', pipelineRecord()))
      assert.equal(await component.get('pipeline', 'digit'), undefined)
      assert.equal(await component.get('pipeline', ''), undefined)
      assert.equal(await component.get('run', 'digits'), undefined)
      assert.equal(await component.get('stepRun', 'run-1.train'), undefined)
    },

    'keep apart ids that differ in case or in a dot': async ({ component }) => {
      const written = [
        stepRunRecord({ run: 'a', invocation: 'b.c' }),
        stepRunRecord({ run: 'a', invocation: 'B' }),
        stepRunRecord({ run: 'A', invocation: 'b' }),
        stepRunRecord({ run: 'a', invocation: 'b' }),
      ]
      await component.write(inserts('stepRun', ...written))
      for (const record of written) assert.deepStrictEqual(await component.get('stepRun', record.id), record)
    },

    'are neither written nor read under an aborted signal': async ({ component, other }) => {
      const reason = new Error('cancelled')
      const signal = AbortSignal.abort(reason)
      await expectReason(reason, () => component.write(inserts('run', runRecord()), { signal }))
      await expectReason(reason, () => component.get('run', 'run-1', { signal }))
      await expectReason(reason, () => component.query('run', {}, { signal }))
      assert.equal(await other.get('run', 'run-1'), undefined)
    },
  },
}
