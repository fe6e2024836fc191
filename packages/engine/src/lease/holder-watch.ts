import type { Busy } from '@cairnml/core'

import { isGone, parseOwner } from './lease-owner.ts'

/** The part of a lease's time that one look adds at most. */
const MOST_PER_LOOK = 1 / 4

/**
 * Tells whether the holder of a lease is dead: its process surely is, or its beat stood still for the whole time of a
 * lease while it was watched. Only the monotonic clock of this process counts, and little of it between two looks: a
 * waiter that was stopped itself, or asleep together with the holder, has not watched meanwhile.
 */
export class HolderWatch {
  readonly #leaseMs: number
  readonly #now: () => number
  #seen: Busy | undefined
  #seenAt = 0
  #silentMs = 0

  /**
   * @param leaseMs how long a holder may be silent
   * @param now milliseconds by a monotonic clock
   */
  constructor(leaseMs: number, now: () => number = () => performance.now()) {
    this.#leaseMs = leaseMs
    this.#now = now
  }

  /** Takes a look at the holder as it is at the moment. */
  isDead(holder: Busy): boolean {
    const now = this.#now()
    const isSilent = this.#seen?.fence === holder.fence && this.#seen.beat === holder.beat
    const passedMs = Math.min(now - this.#seenAt, this.#leaseMs * MOST_PER_LOOK)
    this.#silentMs = isSilent ? this.#silentMs + passedMs : 0
    this.#seen = holder
    this.#seenAt = now
    if (this.#silentMs >= this.#leaseMs) return true
    const owner = parseOwner(holder.owner)
    return owner !== undefined && isGone(owner)
  }
}
