import type { PrintedLine } from '@cairnml/worker'

import type { LineSink } from './line-sink.ts'

/** Shows the steps of a run while they run, besides its lines. */
export interface StepView extends LineSink {
  /** How many steps the run has. */
  planned(steps: number): void
  started(step: string): void
  /** @param fraction from 0 to 1 */
  progressed(step: string, fraction: number, text: string | undefined): void
  /** The step does not run any more; may be said again. */
  ended(step: string): void
  /** A line that the step printed. */
  printed(step: string, line: PrintedLine): void
}
