const WINDOWS = { s: 1000, min: 60_000, h: 3_600_000, day: 86_400_000 } as const
const RATE = /^(.+)\/(s|min|h|day)$/
/** Node's timers are early by less than that. */
const MARGIN_MS = 2

/** The resource that a limit is about: `openai` for `openai` and `openai/min`. */
export function nameOfResource(limit: string): string {
  return RATE.exec(limit)?.[1] ?? limit
}

/** One named limit: how much may be in use at a time, or how much may start within a time. */
export class Limit {
  /** Can change while it is in use. */
  most: number
  readonly #windowMs: number | undefined
  #inUse = 0
  /** What started within the time, the oldest first. */
  #started: { readonly at: number; readonly amount: number }[] = []

  /** @param name with `/s`, `/min`, `/h` or `/day` where it is about a time */
  constructor(name: string, most: number) {
    // Sound: the expression admits only these units.
    const unit = RATE.exec(name)?.[2] as keyof typeof WINDOWS | undefined
    this.#windowMs = unit === undefined ? undefined : WINDOWS[unit]
    this.most = most
  }

  /** How long it takes until there is room by time alone; 0 where there is, Infinity where somebody has to give back. */
  waitMs(amount: number, now: number): number {
    if (this.#windowMs === undefined) return this.#inUse + amount <= this.most ? 0 : Number.POSITIVE_INFINITY
    this.#forget(now - this.#windowMs)
    let left = this.#inUse + amount - this.most
    if (left <= 0) return 0
    for (const { at, amount: started } of this.#started) {
      left -= started
      if (left <= 0) return at + this.#windowMs - now + MARGIN_MS
    }
    return Number.POSITIVE_INFINITY
  }

  take(amount: number, now: number): void {
    this.#inUse += amount
    if (this.#windowMs !== undefined) this.#started.push({ at: now, amount })
  }

  /** What started has started: only what is in use can be given back. */
  giveBack(amount: number): void {
    if (this.#windowMs === undefined) this.#inUse -= amount
  }

  #forget(before: number): void {
    let old = 0
    for (const { at, amount } of this.#started) {
      if (at > before) break
      old += 1
      this.#inUse -= amount
    }
    if (old > 0) this.#started = this.#started.slice(old)
  }
}
