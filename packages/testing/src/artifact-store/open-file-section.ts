import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'

import { patternBytes } from '../fixtures/bytes.ts'
import type { ArtifactStoreSection } from './artifact-store-conformance.ts'

const ROUNDS = 150
/** What a client may keep for later: connections of a pool, and what else happens in the process. */
const MOST_KEPT = 100
const DESCRIPTORS = '/dev/fd'

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
  const before = (await readdir(DESCRIPTORS)).length
  for (let round = 0; round < ROUNDS; round++) await work()
  const opened = (await readdir(DESCRIPTORS)).length - before
  assert.ok(opened < MOST_KEPT, `${opened} files or connections were left open by ${ROUNDS} operations`)
}
