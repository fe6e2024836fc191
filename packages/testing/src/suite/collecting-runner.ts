import type { TestRunner } from './test-runner.ts'

/** How one test ended. */
export interface TestOutcome {
  /** Names of the groups and of the test, joined by ` > `. */
  readonly name: string
  /** What it failed with; absent if it passed. */
  readonly error?: unknown
}

/** A test runner in memory: collects tests, runs them one after another, and tells how each ended. */
export class CollectingRunner implements TestRunner {
  readonly #tests: { readonly name: string; readonly body: () => Promise<void> }[] = []
  readonly #timeoutMs: number
  #path: readonly string[] = []

  /** @param options `timeoutMs`: a test that takes longer has failed. @default 30 000 */
  constructor(options: { readonly timeoutMs?: number } = {}) {
    this.#timeoutMs = options.timeoutMs ?? 30_000
  }

  describe(name: string, body: () => void): void {
    const outer = this.#path
    this.#path = [...outer, name]
    body()
    this.#path = outer
  }

  it(name: string, body: () => Promise<void>): void {
    this.#tests.push({ name: [...this.#path, name].join(' > '), body })
  }

  /** Runs everything that was collected. */
  async run(): Promise<readonly TestOutcome[]> {
    const outcomes: TestOutcome[] = []
    for (const { name, body } of this.#tests) {
      try {
        await this.#inTime(body)
        outcomes.push({ name })
      } catch (error) {
        outcomes.push({ name, error })
      }
    }
    return outcomes
  }

  async #inTime(body: () => Promise<void>): Promise<void> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`not finished after ${this.#timeoutMs} ms`)), this.#timeoutMs)
    try {
      await Promise.race([body(), late.promise])
    } finally {
      clearTimeout(timer)
    }
  }
}
