import { parentPort, workerData } from 'node:worker_threads'

import type { BeaterModule, BeaterReference, HeldLease } from '@cairnml/core'

/** What the thread is started with. */
export interface BeatOnceData {
  readonly beater: BeaterReference
  readonly held: readonly HeldLease[]
}

// Sound: the only one that starts this module as a thread is `beatOnce`.
const { beater: reference, held } = workerData as BeatOnceData
// Sound: that is what a reference names.
const module = (await import(reference.module)) as BeaterModule
const beater = await module.createBeater(reference.data)
await beater.beat(held)
parentPort?.postMessage('done')
