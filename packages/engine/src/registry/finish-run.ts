import type { ErrorRecord, MetadataStore, RunRecord, Status } from '@cairnml/core'

import type { StepOutcome } from '../execute/step-outcome.ts'

/** Records how a run ended. */
export async function finishRun(
  store: MetadataStore,
  run: RunRecord,
  ended: {
    readonly status: Status
    readonly outcomes: ReadonlyMap<string, StepOutcome>
    readonly error?: ErrorRecord | undefined
  },
): Promise<RunRecord> {
  const counts: { [status in Status]?: number } = {}
  for (const { status } of ended.outcomes.values()) counts[status] = (counts[status] ?? 0) + 1
  const { status, error } = ended
  const record: RunRecord = { ...run, revision: run.revision + 1, status, endedAt: Date.now(), counts, error }
  await store.write([{ op: 'update', kind: 'run', record }])
  return record
}
