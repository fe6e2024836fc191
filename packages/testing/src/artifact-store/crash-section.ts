import assert from 'node:assert/strict'

import { isWhole } from '../fixtures/checked-bytes.ts'
import { ComponentProcess } from '../processes/component-process.ts'
import { killAtRandom } from '../processes/kill-at-random.ts'
import { referenceOf } from '../processes/reference-of.ts'
import type { ArtifactStoreSection, ArtifactStoreSubject } from './artifact-store-conformance.ts'
import { assertBytes, bytesAt, keysUnder, text } from './stored-bytes.ts'

/** What is left of a process that is killed while it puts. */
export const CRASH_SECTION: ArtifactStoreSection = {
  title: 'killed processes',
  when: ({ reference }) => reference !== undefined,
  tests: {
    'leave nothing of an object that they put half': async (subject) => {
      const { component } = subject
      await killHalfWay(subject, 'new/a')
      assert.equal(await component.stat('new/a'), undefined)
      assert.equal(await component.get('new/a'), undefined)
      assert.deepEqual(await keysUnder(component, ''), [])
    },

    'leave the old object where they put half of a new one': async (subject) => {
      const { component } = subject
      await component.put('a', text('old'))
      await killHalfWay(subject, 'a')
      assertBytes(await bytesAt(component, 'a'), text('old'))
      assert.equal((await component.stat('a'))?.size, 3)
    },

    'stand in the way of nobody who puts the same object': async (subject) => {
      const { component, other, options } = subject
      await killHalfWay(subject, 'new/a')
      const ifAbsent = options.capabilities?.ifAbsent
      assert.equal((await other.put('new/a', text('next'), { ifAbsent })).written, true)
      assertBytes(await bytesAt(component, 'new/a'), text('next'))
    },

    'leave whole objects only, and all that were put, whenever they are killed': async (subject) => {
      const { component } = subject
      const told = await killAtRandom(referenceOf(subject), 'putForEver')
      const found = new Set<unknown>()
      for await (const { key, size } of component.list('processes/')) {
        const bytes = await bytesAt(component, key)
        assert.equal(bytes?.length, size, key)
        assert.ok(isWhole(bytes), `${key} is not whole`)
        found.add(key)
      }
      assert.deepEqual(
        told.filter((key) => !found.has(key)),
        [],
      )
    },
  },
}

async function killHalfWay(subject: ArtifactStoreSubject, key: string): Promise<void> {
  const isFirst = (await subject.component.stat(key)) === undefined
  const task = isFirst && subject.options.capabilities?.ifAbsent === true ? 'putHalfIfAbsent' : 'putHalf'
  await using processes = await ComponentProcess.start(referenceOf(subject), task, [key])
  for (const process of processes) await process.told(1)
}
