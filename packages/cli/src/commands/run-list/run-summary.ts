import type { StoredRun } from '@cairnml/client'
import { toTaggedJson } from '@cairnml/core'

/** A run without its steps, for programs: the beginning of `cairn.run/1`. */
export function runSummary(run: StoredRun): object {
  const { id, name, pipeline, version, status, startedAt, endedAt, tags, metrics, counts, stack, error } = run
  const { user, host, node, platform, commit } = run.process
  return {
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
    summary: metrics,
    counts,
    stack: stack.name,
    by: { user, host, node, platform, commit },
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
  }
}
