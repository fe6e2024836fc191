import type { Lease } from '@cairnml/core'

import type { Beats } from './beats.ts'

/** Renews leases on this thread. While a step keeps it busy there is no beat. */
export class TimerBeats implements Beats {
  readonly #everyMs: number
  readonly #held = new Set<Lease>()
  #timer: NodeJS.Timeout | undefined

  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  add(lease: Lease): void {
    this.#held.add(lease)
    this.#timer ??= setInterval(() => this.#beat(), this.#everyMs).unref()
  }

  remove(lease: Lease): void {
    this.#held.delete(lease)
    if (this.#held.size === 0) this.#stop()
  }

  async end(): Promise<void> {
    this.#held.clear()
    this.#stop()
  }

  #beat(): void {
    // The index may be out of reach for a moment; the next beat comes well before the lease is lost.
    for (const lease of this.#held) lease.renew().catch(() => undefined)
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
