import { findRun } from '../runs/find-run.ts'
import { RecordedRun } from '../runs/stored-run.ts'
import { explainAgainst } from './explain-against.ts'
import { explainStepRun } from './explain-step-run.ts'
import type { ExplainOptions, RunExplanation, StepExplanation } from './explanation.ts'

/** Why each step of a run was reused or ran. */
export async function explainRun(run: RecordedRun): Promise<RunExplanation> {
  const steps: StepExplanation[] = []
  for (const record of await run.stepRuns) steps.push(await explainStepRun(run, record))
  return { run: run.name, pipeline: run.pipeline, version: run.version, status: run.status, steps }
}

/**
 * Why one step was reused or ran.
 *
 * @throws CAIRN_STEP_RUN_UNKNOWN; CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS for `against`
 */
export async function explainOne(
  run: RecordedRun,
  step: string,
  { against }: ExplainOptions,
): Promise<StepExplanation> {
  const record = await run.find(step)
  const explanation = await explainStepRun(run, record)
  if (against === undefined) return explanation
  const other = new RecordedRun(await findRun(await run.stores.records(), against), run.stores)
  return explainAgainst(explanation, { run, record, other })
}
