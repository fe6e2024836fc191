import { setTimeout as sleep } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'

import type { Beater, BeaterModule, BeaterReference, HeldLease } from '@cairnml/core'

import { HeldBoard } from './held-board.ts'

/** What the thread is started with. */
export interface LeaseThreadData {
  readonly beater: BeaterReference
  readonly everyMs: number
  /** Of the board with the leases that are held. */
  readonly memory: SharedArrayBuffer
}

// Sound: the only one that starts this module as a thread is `ThreadBeats`.
const { beater: reference, everyMs, memory } = workerData as LeaseThreadData
const board = new HeldBoard(memory)
let beater: Beater | undefined

for (;;) {
  await sleep(everyMs)
  const held = board.read()
  if (held.length > 0) await beat(held)
}

async function beat(held: readonly HeldLease[]): Promise<void> {
  beater ??= await makeBeater()
  try {
    await beater.beat(held)
  } catch {
    // The index cannot be reached at the moment. There is a next beat well before the lease is lost.
  }
}

/** A beater that cannot be made ends the thread with its error: whoever started it has to do without. */
async function makeBeater(): Promise<Beater> {
  // Sound: that is what a reference names.
  const module = (await import(reference.module)) as BeaterModule
  return module.createBeater(reference.data)
}
