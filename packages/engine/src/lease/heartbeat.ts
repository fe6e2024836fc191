import type { CacheIndex, Lease } from '@cairnml/core'

import { ThreadBeats } from './thread-beats.ts'
import type { Beats } from './beats.ts'
import { TimerBeats } from './timer-beats.ts'

const heartbeats = new Map<CacheIndex, Heartbeat>()

/** Keeps the leases of one index alive that this process holds: on a thread where the index allows it, else on this one. */
export class Heartbeat {
  readonly #everyMs: number
  readonly #held = new Set<Lease>()
  #beats: Beats

  /** @param everyMs time between two renewals of a lease */
  constructor(index: CacheIndex, everyMs: number) {
    this.#everyMs = everyMs
    const beater = index.beater?.()
    this.#beats =
      beater === undefined
        ? new TimerBeats(everyMs)
        : new ThreadBeats({ beater, everyMs, onFailure: () => this.#fallBack() })
  }

  /** Renews a lease until it is removed. */
  add(lease: Lease): void {
    this.#held.add(lease)
    this.#beats.add(lease)
  }

  remove(lease: Lease): void {
    if (this.#held.delete(lease)) this.#beats.remove(lease)
  }

  async end(): Promise<void> {
    this.#held.clear()
    await this.#beats.end()
  }

  #fallBack(): void {
    this.#beats = new TimerBeats(this.#everyMs)
    for (const lease of this.#held) this.#beats.add(lease)
  }
}

/** The heartbeat for an index; all runs of the process that use the index share it. */
export function heartbeatOf(index: CacheIndex, everyMs: number): Heartbeat {
  const known = heartbeats.get(index)
  if (known !== undefined) return known
  const heartbeat = new Heartbeat(index, everyMs)
  heartbeats.set(index, heartbeat)
  return heartbeat
}

/** Ends the heartbeats of this process. A later lease gets a new one. */
export async function endHeartbeats(): Promise<void> {
  const ending = [...heartbeats.values()]
  heartbeats.clear()
  await Promise.all(ending.map((heartbeat) => heartbeat.end()))
}
