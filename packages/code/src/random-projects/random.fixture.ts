/** Repeatable randomness (mulberry32): equal seeds give equal sequences on every machine. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** @throws RangeError for an empty list. */
  pick<T>(of: readonly T[]): T {
    const index = Math.floor(this.next() * of.length)
    if (index >= of.length) throw new RangeError('There is nothing to pick from.')
    // Sound: the index is within the list, so the element is a T, whatever T is.
    return of[index] as T
  }

  /** One of several texts; only that one is made. */
  either(...of: readonly (() => string)[]): string {
    return this.pick(of)()
  }

  shuffled<T>(of: readonly T[]): T[] {
    const all = [...of]
    for (let last = all.length - 1; last > 0; last--) {
      const other = this.whole(0, last)
      // Sound: both indices are within the list.
      ;[all[last], all[other]] = [all[other] as T, all[last] as T]
    }
    return all
  }
}
