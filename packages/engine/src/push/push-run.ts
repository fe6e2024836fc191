import { isCairnError, logPrefixOf, readWhole, runReportKey, type RunRecord } from '@cairnml/core'

import { storedReport } from '../sync/checked-report.ts'
import { storeRecorded } from '../sync/store-recorded.ts'
import { inParallel } from './in-parallel.ts'
import { isDamage, type PushContext } from './push-results.ts'

const WIDTH = 4

/** Copies the logs of all attempts of a run, also of those that left no manifest. */
export async function pushLogs(run: string, { sides, copier, tally, signal }: PushContext): Promise<void> {
  await inParallel(sides.from.artifactStore.list(`runs/${run}/`, { signal }), WIDTH, async ({ key, size }) => {
    if (logPrefixOf(key) === undefined) return
    try {
      await copier.plain(key, size)
    } catch (error) {
      if (!isDamage(error)) throw error
      tally.refused.push({ object: key, problem: `${error.code}: ${error.message}` })
    }
  })
}

/**
 * Copies the report of a run, which is written last: what it tells of is there by then. One that is missing or damaged
 * is made from the records here, where the run is recorded; of a run that goes on there is none.
 */
export async function pushReport(run: string, context: PushContext): Promise<void> {
  const { sides, copier, tally, dryRun, signal } = context
  const { from, to } = sides
  const key = runReportKey(run)
  if ((await to.artifactStore.stat(key, { signal })) !== undefined) {
    tally.reports.present += 1
    return
  }
  const bytes = await readWhole(from.artifactStore, key, { signal })
  const problem = bytes === undefined ? undefined : await problemOf(run, bytes.length, context)
  if (bytes !== undefined && problem === undefined) {
    await copier.bytes(key, bytes, true)
    tally.reports.copied += 1
    return
  }
  const record = await from.metadataStore.get('run', run)
  if (record !== undefined && hasEnded(record)) {
    if (!dryRun) await copier.marked()
    if (!dryRun) await storeRecorded(record, { artifactStore: to.artifactStore, metadataStore: from.metadataStore })
    tally.reports.copied += 1
  } else if (problem !== undefined) tally.refused.push({ object: key, problem })
}

async function problemOf(run: string, size: number, { sides }: PushContext): Promise<string | undefined> {
  try {
    await storedReport(sides.from.artifactStore, run, size)
    return undefined
  } catch (error) {
    if (!isCairnError(error, 'CAIRN_REPORT_INVALID')) throw error
    return `${error.code}: ${error.message}`
  }
}

function hasEnded({ status }: RunRecord): boolean {
  return status !== 'running' && status !== 'pending'
}
