import type { MetadataStore, RunRecord, StepRunRecord } from '@cairnml/core'
import { stepRunsOf } from '@cairnml/core/run-report'

import { storeReport } from '../record/store-report.ts'
import type { SyncStores } from './open-sync.ts'

/** Puts the report of a run that is only recorded into the artifact store: its process died, or could not do it. */
export async function storeRecorded(
  run: RunRecord,
  stores: Pick<SyncStores, 'artifactStore' | 'metadataStore'>,
): Promise<void> {
  const stepRuns = await stepRunsOf(run.id, stores.metadataStore)
  await storeReport({ run, stepRuns, ownKeys: await ownKeysOf(stepRuns, stores.metadataStore) }, stores)
}

/** Keys of reused results that are not those under which they were made. */
async function ownKeysOf(stepRuns: readonly StepRunRecord[], records: MetadataStore): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for (const { key, origin } of stepRuns) {
    if (key === undefined || origin === undefined) continue
    const made = await records.get('stepRun', origin)
    if (made?.key !== key) keys.add(key)
  }
  return keys
}
