import assert from 'node:assert/strict'
import { once } from 'node:events'
import nodePath from 'node:path'
import { Worker } from 'node:worker_threads'

import type { CacheIndex, HeldLease } from '@cairnml/core'

import type { BeatOnceData } from './beat-once-thread.ts'

/** A file of its own, in the sources as in the build. */
const MODULE = new URL(`beat-once-thread${nodePath.extname(import.meta.url)}`, import.meta.url)

/** Lets the beater of an index renew leases once, on a thread of its own, as the engine does. */
export async function beatOnce(index: CacheIndex, held: readonly HeldLease[]): Promise<void> {
  const beater = index.beater?.()
  assert.ok(beater !== undefined)
  const workerData: BeatOnceData = { beater, held: held.map(({ key, fence }) => ({ key, fence })) }
  const worker = new Worker(MODULE, { workerData, execArgv: [] })
  try {
    const ended = once(worker, 'exit').then(() =>
      assert.fail('the thread of the beater ended before its beat was done'),
    )
    await Promise.race([once(worker, 'message'), ended])
  } finally {
    await worker.terminate()
  }
}
