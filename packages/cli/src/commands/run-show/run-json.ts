import type { StoredRun, StoredStep } from '@cairnml/client'
import { toTaggedJson, type ErrorRecord } from '@cairnml/core'

/** A past run as JSON: what `cairn run --json` prints of a run that has just ended, and what is recorded besides. */
export function runJson(run: StoredRun, steps: readonly StoredStep[]): string {
  const { id, name, pipeline, version, status, startedAt, endedAt, tags, stack, process: by } = run
  const { user, host, node, platform, commit } = by
  return `${JSON.stringify({
    format: 'cairn.run/1',
    id,
    name,
    pipeline,
    version,
    status,
    startedAt,
    endedAt,
    params: toTaggedJson(run.params),
    options: toTaggedJson(run.options),
    tags,
    stack: stack.name,
    by: { user, host, node, platform, commit },
    ...errorJson(run.error),
    steps: steps.map(stepJson),
  })}\n`
}

function stepJson(step: StoredStep): object {
  const {
    id,
    step: name,
    status,
    startedAt,
    endedAt,
    outputs,
    metrics,
    key,
    uncacheable,
    refusal,
    why,
    origin,
    packages,
  } = step
  return {
    id,
    step: name,
    status,
    startedAt,
    endedAt,
    params: toTaggedJson(step.params),
    outputs,
    metrics,
    metadata: toTaggedJson(step.metadata),
    key,
    uncacheable,
    refusal,
    why,
    origin,
    packages,
    ...errorJson(step.error),
  }
}

function errorJson(error: ErrorRecord | undefined): object {
  return error === undefined ? {} : { error: { code: error.code, message: error.message, hint: error.hint } }
}
