import type { ExplainOptions, RunExplanation, StepExplanation } from '../explain/explanation.ts'
import { pendingStep, type PendingStep } from './pending-step.ts'
import type { StoredRun } from './stored-run.ts'
import type { StoredStep } from './stored-step.ts'

/** A run that is being looked for: await it, or ask it at once. */
export interface PendingRun extends Promise<StoredRun> {
  explain(): Promise<RunExplanation>
  explain(step: string, options?: ExplainOptions): Promise<StepExplanation>
  steps(): Promise<readonly StoredStep[]>
  step(name: string): PendingStep
}

/** A run that can be asked before it is found. */
export function pendingRun(run: Promise<StoredRun>): PendingRun {
  const explain = async (step?: string, options?: ExplainOptions): Promise<RunExplanation | StepExplanation> => {
    const found = await run
    return step === undefined ? found.explain() : found.explain(step, options)
  }
  const steps = async (): Promise<readonly StoredStep[]> => (await run).steps()
  const step = (name: string): PendingStep => pendingStep(run.then((found) => found.step(name)))
  // Sound: what `explain` gives depends on whether it is given a step, as the two signatures say.
  return Object.assign(run, { explain, steps, step }) as PendingRun
}
