import assert from 'node:assert/strict'

import type { Json } from '@cairnml/core'

import { isWhole } from '../fixtures/checked-bytes.ts'
import { ComponentProcess } from '../processes/component-process.ts'
import { referenceOf } from '../processes/reference-of.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { RACES, TOGETHER } from './process-tasks.ts'
import { bytesAt } from './stored-bytes.ts'

const PROCESSES = ['1', '2', '3', '4']

/** Several processes that have the store open. */
export const PROCESS_SECTION: ArtifactStoreSection = {
  title: 'several processes',
  when: ({ reference }) => reference !== undefined,
  tests: {
    'show one whole object of all that they put under one key': async (subject) => {
      const { component } = subject
      await using processes = await ComponentProcess.start(referenceOf(subject), 'putTogether', PROCESSES)
      let isWriting = true
      const writers = Promise.all(processes.map((each) => each.finished())).finally(() => (isWriting = false))
      const read = async (): Promise<void> => {
        while (isWriting) {
          const bytes = await bytesAt(component, TOGETHER)
          assert.ok(bytes === undefined || isWhole(bytes), 'what is there is not whole')
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      await Promise.all([writers, read()])
      const bytes = await bytesAt(component, TOGETHER)
      assert.ok(bytes !== undefined && isWhole(bytes))
      assert.equal((await component.stat(TOGETHER))?.size, bytes.length)
    },
  },
}

/** The capability `ifAbsent` among processes. */
export const IF_ABSENT_PROCESS_SECTION: ArtifactStoreSection = {
  title: 'ifAbsent among processes',
  when: ({ reference, capabilities }) => reference !== undefined && capabilities?.ifAbsent === true,
  tests: {
    'has exactly one winner of every key': async (subject) => {
      const race = { selves: PROCESSES, rounds: RACES }
      const told = (await ComponentProcess.race(referenceOf(subject), 'raceForKeys', race)).flat().map(raceOf)
      for (let at = 0; at < RACES; at++) {
        const results = told.filter((each) => each.at === at)
        const [winner, ...others] = results.filter(({ written }) => written)
        assert.ok(winner !== undefined && others.length === 0, `${others.length + 1} winners of key ${at}`)
        const bytes = await bytesAt(subject.component, `processes/race/${at}`)
        assert.ok(bytes !== undefined && isWhole(bytes))
        assert.deepEqual(
          results.map(({ size }) => size),
          PROCESSES.map(() => bytes.length),
        )
        assert.equal(winner.size, bytes.length)
      }
    },
  },
}

function raceOf(told: Json): { readonly at: number; readonly written: boolean; readonly size: number } {
  // Sound: that is what the task tells.
  return told as { readonly at: number; readonly written: boolean; readonly size: number }
}
