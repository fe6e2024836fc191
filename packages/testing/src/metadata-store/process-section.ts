import assert from 'node:assert/strict'

import { collectItems } from '../fixtures/bytes.ts'
import { runRecord } from '../fixtures/records.ts'
import { ComponentProcess } from '../processes/component-process.ts'
import { killAtRandom } from '../processes/kill-at-random.ts'
import { referenceOf } from '../processes/reference-of.ts'
import { idsOf, inserts } from './changes.ts'
import type { MetadataStoreSection } from './metadata-store-conformance.ts'
import { STEPS, VERSIONS } from './process-tasks.ts'

const PROCESSES = ['1', '2', '3', '4']
const ALL = { limit: 1_000_000 }

/** What is left of a process that is killed while it writes. */
export const CRASH_SECTION: MetadataStoreSection = {
  title: 'killed processes',
  when: ({ reference }) => reference !== undefined,
  tests: {
    'leave whole batches only, and all that were written, whenever they are killed': async (subject) => {
      const { component, other } = subject
      const told = await killAtRandom(referenceOf(subject), 'writeForEver')
      const runs = new Set<unknown>(await idsOf(component, 'run', ALL))
      const steps = Map.groupBy((await other.query('stepRun', ALL)).items, ({ run }) => run)
      assert.deepEqual(
        told.filter((run) => !runs.has(run)),
        [],
      )
      assert.deepEqual(new Set<unknown>(steps.keys()), runs)
      for (const [run, { length }] of steps) assert.equal(length, STEPS, `run ${run} has ${length} of its steps`)
      const batches = Map.groupBy(await collectItems(component.changes(0)), ({ sequence }) => sequence)
      assert.equal(batches.size, runs.size)
      for (const [, notices] of batches) assert.equal(notices.length, STEPS + 1)
      await component.write(inserts('run', runRecord({ id: 'later' })))
      assert.notEqual(await other.get('run', 'later'), undefined)
    },
  },
}

/** Several processes that have the store open. */
export const PROCESS_SECTION: MetadataStoreSection = {
  title: 'several processes',
  when: ({ reference }) => reference !== undefined,
  tests: {
    'claim the versions of a pipeline without losing or sharing one': async (subject) => {
      const { component } = subject
      const race = { selves: PROCESSES, rounds: VERSIONS }
      const told = await ComponentProcess.race(referenceOf(subject), 'claimVersions', race)
      const expected = Array.from({ length: PROCESSES.length * VERSIONS }, (_, at) => at + 1)
      assert.deepEqual(
        told.flat().toSorted((a, b) => Number(a) - Number(b)),
        expected,
      )
      assert.equal((await idsOf(component, 'pipelineVersion', ALL)).length, expected.length)
      const runs = told.flatMap((versions, at) => versions.map((version) => `${PROCESSES[at]}-of-${Number(version)}`))
      assert.deepEqual(new Set(await idsOf(component, 'run', ALL)), new Set(runs))
      const sequences = (await collectItems(component.changes(0))).map(({ sequence }) => sequence)
      assert.equal(new Set(sequences).size, expected.length)
    },
  },
}
