import {
  isCairnError,
  markLayout,
  reportedRunOf,
  type MetadataStore,
  type ObjectInfo,
  type RunRecord,
} from '@cairnml/core'

import { markLostRuns } from '../registry/lost-runs.ts'
import { isOfStack, openSync, type SyncRequest, type SyncStores } from './open-sync.ts'

/** What became of one run. */
export type SyncedRun =
  /** It is recorded here now. `madeAs` is its name where it was made, if that was taken here. */
  | { readonly kind: 'imported'; readonly run: RunRecord; readonly madeAs?: string | undefined }
  /** Its report cannot be read: damaged, or of a newer Cairn. */
  | { readonly kind: 'skipped'; readonly id: string; readonly problem: string }
  /** Its report was not in the artifact store, and is there now. */
  | { readonly kind: 'stored'; readonly run: RunRecord }

/**
 * Makes the records here and the reports in the artifact store of a stack equal: records the runs of other machines,
 * one by one, and stores the reports that are missing there. What was done stays done when it is broken off, and several
 * may do it at once.
 *
 * @throws what the stores throw
 */
export async function* syncRuns(request: SyncRequest): AsyncGenerator<SyncedRun> {
  const stores = await openSync(request)
  // Runs do not need it.
  const { storeRecorded } = await import('./store-recorded.ts')
  const known = new Set<string>()
  for await (const object of stores.artifactStore.list('runs/')) {
    const id = reportedRunOf(object.key)
    if (id === undefined) continue
    known.add(id)
    const done = await takeOver(id, object, stores)
    if (done !== undefined) yield done
  }
  await markLostRuns(stores.metadataStore)
  let { isMarked } = stores
  for await (const run of endedRuns(stores.metadataStore)) {
    if (known.has(run.id) || !isOfStack(run, stores.stack)) continue
    if (!isMarked) await markLayout(stores.artifactStore)
    isMarked = true
    await storeRecorded(run, stores)
    yield { kind: 'stored', run }
  }
}

async function takeOver(id: string, { size }: ObjectInfo, stores: SyncStores): Promise<SyncedRun | undefined> {
  const { artifactStore, metadataStore } = stores
  if ((await metadataStore.get('run', id)) !== undefined) return undefined
  const { storedReport } = await import('./checked-report.ts')
  const { importReport } = await import('./import-report.ts')
  try {
    const report = await storedReport(artifactStore, id, size)
    const run = await importReport(report, metadataStore)
    if (run === undefined) return undefined
    return { kind: 'imported', run, ...(run.name === report.run.name ? {} : { madeAs: report.run.name }) }
  } catch (error) {
    if (!isFaultOfReport(error)) throw error
    const problem = isCairnError(error, 'CAIRN_REPORT_INVALID') ? String(error.details['problem']) : error.message
    return { kind: 'skipped', id, problem }
  }
}

/** What JSON can hold and records cannot shows in many ways; only faults of the stores are none of the report. */
function isFaultOfReport(error: unknown): error is Error {
  if (!isCairnError(error)) return error instanceof TypeError || error instanceof RangeError
  return ['CAIRN_REPORT_INVALID', 'CAIRN_RECORD_CONFLICT', 'CAIRN_VALUE_NOT_PLAIN'].includes(error.code)
}

async function* endedRuns(records: MetadataStore): AsyncGenerator<RunRecord> {
  let cursor: string | undefined
  do {
    const page = await records.query('run', { cursor, limit: 500 })
    for (const run of page.items) if (run.status !== 'running' && run.status !== 'pending') yield run
    cursor = page.cursor
  } while (cursor !== undefined)
}
