import type { CodeProvenance, ErrorRecord, MetadataStore, Metric, RunRecord, Status } from '@cairnml/core'

import type { StepOutcome } from '../execute/step-outcome.ts'

/** Records how a run ended. */
export async function finishRun(
  store: MetadataStore,
  run: RunRecord,
  ended: {
    readonly status: Status
    readonly outcomes: ReadonlyMap<string, StepOutcome>
    /** Invocation ids in the order of the plan. */
    readonly order: readonly string[]
    readonly error?: ErrorRecord | undefined
    readonly provenance?: CodeProvenance | undefined
  },
): Promise<RunRecord> {
  const counts: { [status in Status]?: number } = {}
  for (const { status } of ended.outcomes.values()) counts[status] = (counts[status] ?? 0) + 1
  const { status, error, provenance } = ended
  const known = provenance === undefined ? {} : { provenance }
  const metrics = lastMetrics(ended)
  const record: RunRecord = {
    ...run,
    ...known,
    revision: run.revision + 1,
    status,
    endedAt: Date.now(),
    counts,
    error,
    ...(metrics.length === 0 ? {} : { metrics }),
  }
  await store.write([{ op: 'update', kind: 'run', record }])
  return record
}

/** What is kept of the metrics of a run to find and compare it by; the rest is in its step runs. */
const MOST_METRICS = 1000

function lastMetrics(ended: {
  readonly outcomes: ReadonlyMap<string, StepOutcome>
  readonly order: readonly string[]
}): readonly Metric[] {
  const last = new Map<string, Metric>()
  for (const id of ended.order) {
    const outcome = ended.outcomes.get(id)
    for (const metric of outcome !== undefined && 'metrics' in outcome ? outcome.metrics : []) {
      last.set(metric.name, metric)
    }
  }
  return [...last.values()].slice(0, MOST_METRICS)
}
