import type { StoredRun, StoredStep } from '@cairnml/client'
import { toTaggedJson, type ErrorRecord } from '@cairnml/core'

import { runSummary } from '../run-list/run-summary.ts'

/** A past run as JSON: what `cairn run --json` prints of a run that has just ended, and what is recorded besides. */
export function runJson(run: StoredRun, steps: readonly StoredStep[]): string {
  const { provenance } = run
  const known = { format: 'cairn.run/1', ...runSummary(run), provenance, steps: steps.map(stepJson) }
  return `${JSON.stringify(known)}\n`
}

function stepJson(step: StoredStep): object {
  const { id, step: name, status, startedAt, endedAt, metrics, key, uncacheable, refusal, why, origin, packages } = step
  return {
    id,
    step: name,
    status,
    startedAt,
    endedAt,
    params: toTaggedJson(step.params),
    outputs: Object.fromEntries(Object.entries(step.outputs).map(([output, { artifact }]) => [output, artifact])),
    metrics,
    metadata: toTaggedJson(step.metadata),
    ...optionsJson(step.options),
    key,
    uncacheable,
    refusal,
    why,
    origin,
    packages,
    ...errorJson(step.error),
  }
}

function optionsJson(options: StoredStep['options']): object {
  return Object.keys(options).length === 0 ? {} : { options: toTaggedJson(options) }
}

function errorJson(error: ErrorRecord | undefined): object {
  return error === undefined ? {} : { error: { code: error.code, message: error.message, hint: error.hint } }
}
