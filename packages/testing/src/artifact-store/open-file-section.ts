import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'

import { patternBytes } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'
import { collectGarbage } from './collect-garbage.ts'

const ROUNDS = 15
/** A service may take a long time for each. */
const AT_ONCE = 10
/** What a client may keep for later: connections of a pool, and what else happens in the process. */
const MOST_KEPT = 100
const DESCRIPTORS = '/dev/fd'
/** How Node warns of a `FileHandle` that nobody closed. */
const FORGOTTEN = /^Closing file descriptor \d+ on garbage collection/

/** Files and connections that stay open; seen where the system lists those of a process. */
export const OPEN_FILE_SECTION: ArtifactStoreSection = {
  title: 'open files',
  when: () => process.platform !== 'win32',
  tests: {
    'are closed behind readers who stop early': async ({ component }) => {
      await component.put('a', patternBytes(3_000_000))
      await assertClosed(async () => {
        for await (const piece of (await component.get('a')) ?? []) {
          assert.ok(piece.length > 0)
          break
        }
      })
    },

    'are closed behind puts that fail': async ({ component }) => {
      async function* failing(): AsyncGenerator<Uint8Array> {
        yield patternBytes(1_000)
        throw new Error('the source broke')
      }
      await assertClosed(() => assert.rejects(async () => component.put('a', failing())))
    },
  },
}

async function assertClosed(work: () => Promise<unknown>): Promise<void> {
  await closedByCollection()
  const before = (await readdir(DESCRIPTORS)).length
  const forgotten = await closedByCollection(async () => {
    for (let round = 0; round < ROUNDS; round++) await Promise.all(Array.from({ length: AT_ONCE }, work))
    const opened = (await readdir(DESCRIPTORS)).length - before
    assert.ok(opened < MOST_KEPT, `${opened} files or connections were left open by ${ROUNDS * AT_ONCE} operations`)
  })
  assert.equal(forgotten, 0, `${forgotten} files were closed only when their FileHandle was collected: close each`)
}

/** How many files nobody closed but the collection of garbage, meanwhile or at the end. */
async function closedByCollection(work?: () => Promise<void>): Promise<number> {
  let count = 0
  const hear = ({ message }: Error): void => void (count += FORGOTTEN.test(message) ? 1 : 0)
  process.on('warning', hear)
  try {
    await work?.()
    collectGarbage()
    // Node closes and warns one after the other, in turns of the event loop behind the collection.
    await setImmediate()
    await setImmediate()
  } finally {
    process.off('warning', hear)
  }
  return count
}
