import type { Run } from '@cairnml/core'

import { standardOutput } from '../../output/standard-output.ts'

/** Prints a run that has ended as JSON. */
export function printRun(run: Run): void {
  const { id, name, pipeline, version, status } = run
  const steps = Object.values(run.steps).map((step) => ({
    id: step.id,
    step: step.step,
    status: step.status,
    outputs: Object.fromEntries(
      Object.entries(step.outputs).flatMap(([output, { artifact }]) =>
        artifact === undefined ? [] : [[output, artifact]],
      ),
    ),
    metrics: step.metrics,
    ...(step.error === undefined
      ? {}
      : { error: { code: step.error.code, message: step.error.message, hint: step.error.hint } }),
  }))
  standardOutput().write(`${JSON.stringify({ format: 'cairn.run/1', id, name, pipeline, version, status, steps })}\n`)
}
