import type { Row } from './measurement/row.ts'

/** How much a scenario does. */
export interface Effort {
  /** Fewer and smaller, for a machine that only checks that everything works. */
  readonly quick: boolean
  /** Sizes of the budget where they take long. */
  readonly full: boolean
}

/** Measures one thing of the budget; run in a process of its own. */
export type Scenario = (effort: Effort) => Promise<readonly Row[]>
