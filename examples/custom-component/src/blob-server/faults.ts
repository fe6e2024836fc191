/** What may go wrong with a request, though nothing is wrong with it. */
export const FAULTS = ['busy', 'slow', 'reset before', 'reset after', 'torn body'] as const

/** One of them. `reset after`: the request was carried out, and its answer is lost. */
export type Fault = (typeof FAULTS)[number]

/** How a service fails. */
export interface FaultPlan {
  readonly faults: readonly Fault[]
  /** How many of a hundred requests fail. */
  readonly percent: number
  readonly seed: number
  /** What a busy service asks clients to wait. @default 0 */
  readonly retryAfterSeconds?: number | undefined
}

/** Most faults of one method and URL, however often it is asked for: who tries again often enough gets through. */
const MOST_FAULTS = 3

/** Decides which requests fail, by a seed. */
export class FaultChoice {
  readonly #plan: FaultPlan
  readonly #failed = new Map<string, number>()
  #state: number

  constructor(plan: FaultPlan) {
    this.#plan = plan
    this.#state = plan.seed
  }

  /** What happens to a request, by its method and URL. */
  next(id: string): Fault | undefined {
    const failed = this.#failed.get(id) ?? 0
    if (failed >= MOST_FAULTS || this.#random(100) >= this.#plan.percent) return undefined
    this.#failed.set(id, failed + 1)
    return this.#plan.faults[this.#random(this.#plan.faults.length)]
  }

  /** A whole number below the limit: a linear congruential generator. */
  #random(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * below)
  }
}
