import assert from 'node:assert/strict'
import { utimes, writeFile } from 'node:fs/promises'
import nodePath from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { text } from './stored-bytes.ts'

const DAY_MS = 86_400_000
/** Some services count seconds. */
const ANOTHER_SECOND_MS = 1_100

/** When an object was put, by which those who clean up know what is new. */
export const TIME_SECTION: ArtifactStoreSection = {
  title: 'times',
  tests: {
    'are those of the put, in milliseconds': async ({ component }) => {
      const { lastModifiedMs } = await component.put('a', text('one'))
      assertRecent(lastModifiedMs)
    },

    'are those of the put, not those of the file that was put': async ({ component }) => {
      await using folder = await temporaryFolder()
      const file = nodePath.join(folder.path, 'source.bin')
      await writeFile(file, 'one')
      await utimes(file, new Date(2001, 1), new Date(2001, 1))
      assertRecent((await component.put('a', { file })).lastModifiedMs)
      assertRecent((await component.stat('a'))?.lastModifiedMs)
    },

    'are those of the last put': async ({ component, other }) => {
      const first = await component.put('a', text('same'))
      await setTimeout(ANOTHER_SECOND_MS)
      const second = await component.put('a', text('same'))
      const message = 'an object that was put again is new: those who clean up would remove it as an old one'
      assert.ok(second.lastModifiedMs > first.lastModifiedMs, message)
      assert.equal((await other.stat('a'))?.lastModifiedMs, second.lastModifiedMs)
    },
  },
}

/** The clocks of store and test differ, but not by a day. */
function assertRecent(lastModifiedMs: number | undefined): void {
  assert.ok(lastModifiedMs !== undefined && Number.isFinite(lastModifiedMs), `${lastModifiedMs} is no time`)
  const distanceMs = Math.abs(lastModifiedMs - Date.now())
  const seen = `lastModifiedMs is ${lastModifiedMs}, the clock of this machine says ${Date.now()}`
  assert.ok(distanceMs < DAY_MS, `${seen}: are these milliseconds, and the time of the put?`)
}
