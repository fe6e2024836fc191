import type { Resources } from '@cairnml/core'

import { Limit, nameOfResource } from './limit.ts'

/** The time by which limits count, so that tests need not wait. */
export interface LimitClock {
  /** Milliseconds that only grow. */
  nowMs(): number
  /** Calls back after a time, unless what it returns is called before. */
  after(ms: number, call: () => void): () => void
}

interface Waiter {
  readonly needs: ReadonlyMap<Limit, number>
  readonly admit: () => void
}

const CLOCK: LimitClock = {
  nowMs: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Named limits, shared by all runs of a project in this process. Who comes first goes first, except that nobody waits
 * for those who wait for another limit.
 */
export class Limits {
  readonly #limits = new Map<string, Limit>()
  readonly #waiting = new Set<Waiter>()
  readonly #clock: LimitClock
  #endTimer: () => void = () => undefined

  constructor(limits: Readonly<Record<string, number>>, clock: LimitClock = CLOCK) {
    this.#clock = clock
    this.set(limits)
  }

  /** Changes the limits; what is in use stays so. */
  set(limits: Readonly<Record<string, number>>): void {
    for (const name of this.#limits.keys()) if (!Object.hasOwn(limits, name)) this.#limits.delete(name)
    for (const [name, most] of Object.entries(limits)) {
      const known = this.#limits.get(name)
      if (known === undefined) this.#limits.set(name, new Limit(name, most))
      else known.most = most
    }
    this.#admitWaiting()
  }

  /**
   * Takes what is asked for and gives it back when the result is disposed; waits until there is room for all of it.
   *
   * @param wait waits for a promise, and may let others work meanwhile
   * @throws the reason of the signal
   */
  async take(
    resources: Resources,
    { signal, wait }: { readonly signal: AbortSignal; readonly wait: (until: () => Promise<void>) => Promise<void> },
  ): Promise<Disposable> {
    const needs = this.#needsOf(resources)
    if (this.#isFree(needs)) this.#use(needs)
    else await wait(() => this.#admission(needs, signal))
    return { [Symbol.dispose]: () => this.#giveBack(needs) }
  }

  #needsOf(resources: Resources): ReadonlyMap<Limit, number> {
    const needs = new Map<Limit, number>()
    for (const [name, limit] of this.#limits) {
      const asked = resources[nameOfResource(name)]
      if (typeof asked === 'number' && asked > 0) needs.set(limit, asked)
    }
    return needs
  }

  /** Whether there is room, and nobody waits for any of it. */
  #isFree(needs: ReadonlyMap<Limit, number>): boolean {
    const now = this.#clock.nowMs()
    const isWanted = [...this.#waiting].some((waiter) => [...needs.keys()].some((limit) => waiter.needs.has(limit)))
    return !isWanted && [...needs].every(([limit, amount]) => limit.waitMs(amount, now) === 0)
  }

  #use(needs: ReadonlyMap<Limit, number>): void {
    const now = this.#clock.nowMs()
    for (const [limit, amount] of needs) limit.take(amount, now)
  }

  #giveBack(needs: ReadonlyMap<Limit, number>): void {
    for (const [limit, amount] of needs) limit.giveBack(amount)
    this.#admitWaiting()
  }

  #admission(needs: ReadonlyMap<Limit, number>, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter: Waiter = { needs, admit: resolve }
    const onAbort = (): void => {
      this.#waiting.delete(waiter)
      reject(signal.reason)
      this.#admitWaiting()
    }
    if (signal.aborted) return Promise.reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#waiting.add(waiter)
    this.#admitWaiting()
    return promise.finally(() => signal.removeEventListener('abort', onAbort))
  }

  /** Lets those in who have room now, and comes back when time alone makes room. */
  #admitWaiting(): void {
    this.#endTimer()
    const now = this.#clock.nowMs()
    const full = new Set<Limit>()
    let soonestMs = Number.POSITIVE_INFINITY
    for (const waiter of this.#waiting) {
      const waits = [...waiter.needs].map(([limit, amount]) => (full.has(limit) ? Infinity : limit.waitMs(amount, now)))
      const longest = Math.max(...waits)
      if (longest > 0) {
        soonestMs = Math.min(soonestMs, longest)
        for (const limit of waiter.needs.keys()) full.add(limit)
        if (full.size >= this.#limits.size) break
        continue
      }
      this.#waiting.delete(waiter)
      this.#use(waiter.needs)
      waiter.admit()
    }
    if (Number.isFinite(soonestMs)) this.#endTimer = this.#clock.after(soonestMs, () => this.#admitWaiting())
  }
}
