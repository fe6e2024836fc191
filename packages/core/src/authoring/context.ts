import type { Json } from '../encoding/tagged-json.ts'

/** Writes lines into the log of the step. */
export interface StepLogger {
  readonly debug: (text: string) => void
  readonly info: (text: string) => void
  readonly warn: (text: string) => void
  readonly error: (text: string) => void
}

/** Secrets by name: those that the step itself declares are there, those of a pipeline may be. */
export type StepSecrets<Names extends string = never> = { readonly [N in Names]: string } & {
  readonly [name: string]: string | undefined
}

/** What a step's function gets besides its arguments. It is open until the function has ended. */
export interface StepContext<Secrets extends string = never> {
  /** Aborted when the step is to stop: cancelled, or out of time. */
  readonly signal: AbortSignal
  readonly log: StepLogger
  readonly run: { readonly id: string; readonly name: string; readonly pipeline: string }
  readonly step: { readonly name: string; readonly invocation: string; readonly attempt: number }
  /** The declared secrets. What the step reports shows `***` in their place; what it returns is stored as it is. */
  readonly secrets: StepSecrets<Secrets>
  /** A folder of this step's own. It is removed when the step has ended. */
  readonly tempDir: string
  /** Records a number, at a point of the step's own progress where `step` (a whole number) is given. */
  readonly metric: (name: string, value: number, step?: number) => void
  /** Adds facts to the record of this step run. */
  readonly metadata: (values: { readonly [name: string]: Json }) => void
  /** Says how far the step is, from 0 to 1. */
  readonly progress: (fraction: number, text?: string) => void
}
