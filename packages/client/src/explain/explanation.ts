import type { ExecutionReason, Status } from '@cairnml/core'
import type { KeyChange, Refusal } from '@cairnml/core/explain'

import type { ResultOrigin } from '../runs/result-origin.ts'

/** How a step is explained. */
export interface ExplainOptions {
  /** A run to compare with, as `client.run` takes it. @default what the decision was made against */
  readonly against?: string | undefined
}

/** What became of a step. */
export type Decision = 'reused' | 'executed' | 'not-cached' | 'not-run'

/** One difference, with its text. */
export interface ExplainedChange extends KeyChange {
  /** As a clause, in full: `parameter gamma 0.001 -> 0.0015`. */
  readonly text: string
}

/** Why a step of a run was reused or ran. */
export interface StepExplanation {
  /** Invocation id. */
  readonly id: string
  readonly step: string
  readonly label: string
  readonly status: Status
  readonly decision: Decision
  /** Why it executed although it could have been reused; absent where it was reused or could not be. */
  readonly reason?: ExecutionReason['kind'] | undefined
  /** All of it in one sentence. */
  readonly sentence: string
  /** The sentence without the step's name and the full stop. */
  readonly clause: string
  /** The kind of the reason for which it is not cached, and what to do about it; absent where Cairn knows none. */
  readonly refusal?: Refusal | undefined
  /** What differs from the run in `against`, the most telling first. */
  readonly changes: readonly ExplainedChange[]
  /** Name of the run that it is compared with. */
  readonly against?: string | undefined
  /** What made the result that was reused. */
  readonly origin?: ResultOrigin | undefined
  readonly key?: string | undefined
  /** What is to be said of the step besides, without its name: what it reads from outside and does not declare. */
  readonly notices: readonly string[]
}

/** Why the steps of a run were reused or ran. */
export interface RunExplanation {
  /** Name of the run. */
  readonly run: string
  readonly pipeline: string
  readonly version: number
  readonly status: Status
  readonly steps: readonly StepExplanation[]
}
