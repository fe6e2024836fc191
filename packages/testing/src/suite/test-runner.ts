import type { ComponentReference } from '../processes/component-reference.ts'

/** What a suite needs of a test framework. `describe` and `it` of vitest, node:test, mocha and jest fit. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: () => Promise<void>): unknown
}

/** Tests that are left out, and why. */
export interface Skip {
  /** Appears in the name of each test that is left out. */
  readonly reason: string
  /** Names of tests, or titles of sections for all of their tests, exactly. One that matches nothing fails. */
  readonly tests: readonly string[]
}

/** What every suite is told of the component under test. */
export interface ConformanceOptions<T> {
  /** What the suite is called in the report. */
  readonly name: string
  /** A fresh, empty component for every test; disposed afterwards if it has `Symbol.asyncDispose`. */
  create(): T | Promise<T>
  /**
   * Another component over the same state, as another process would have it; disposed too. With it the suite checks
   * that everything written is there, and lets the two race. @default not checked
   */
  readonly reopen?: ((component: T) => T | Promise<T>) | undefined
  /**
   * From what another process opens the state of a component that persists. With it the suite kills processes in the
   * middle of their work, and lets several of them race. @default not checked
   */
  readonly reference?: ((component: T) => ComponentReference) | undefined
  /** The only way to leave tests out; a test that passes need not be, and fails. @default none */
  readonly skip?: readonly Skip[] | undefined
}
