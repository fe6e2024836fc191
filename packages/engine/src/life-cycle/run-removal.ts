import {
  resultFolder,
  runReportKey,
  type MetadataStore,
  type ObjectInfo,
  type RunRecord,
  type StepRunRecord,
} from '@cairnml/core'

import { stepRunId } from '../execute/step-run-records.ts'
import { listResults } from './list-results.ts'
import { liveRuns } from './live-runs.ts'
import type { CacheStores } from './open-cache.ts'
import { isReusable } from './stored-result.ts'

const PAGE = 2000

/** Which runs may stay. */
export interface RunRules {
  /** Removes runs that started longer ago than this, in milliseconds. */
  readonly olderThanMs?: number | undefined
  /** The newest runs of each pipeline that stay whatever the other rule says; alone, only they stay. */
  readonly keepLast?: number | undefined
}

/** What removing runs would do, found out without doing anything. */
export interface RunRemovalProposal {
  /** Newest first. */
  readonly runs: readonly RunRecord[]
  /** Names of runs that were asked for and stay, because they are going on. */
  readonly liveRuns: readonly string[]
}

/** What a removal of runs did. */
export interface RunRemoval {
  readonly runs: number
  /** Logs, reports, and results of steps that are not cached. */
  readonly objects: number
  readonly bytes: number
  /** Step runs that stay recorded with their logs: what they made is reused, or can be. */
  readonly keptSteps: number
}

/** Proposes to remove runs by their ids, or those that rules do not let stay. */
export async function proposeRunRemoval(
  { metadataStore }: CacheStores,
  asked: ReadonlySet<string> | RunRules,
  nowMs: number = Date.now(),
): Promise<RunRemovalProposal> {
  const all = await allRuns(metadataStore)
  const meant =
    asked instanceof Set ? all.filter(({ id }) => asked.has(id)) : runsToRemove(all, asked as RunRules, nowMs)
  const live = new Set((await liveRuns(metadataStore)).map(({ id }) => id))
  return {
    runs: meant.filter(({ id }) => !live.has(id)).map(ended),
    liveRuns: meant.filter(({ id }) => live.has(id)).map(({ name }) => name),
  }
}

/** A run that is recorded as going on and is not was left by a process that died. */
function ended(run: RunRecord): RunRecord {
  return run.status === 'running' ? { ...run, status: 'failed' } : run
}

/** Decides which runs go. Pure. @param all newest first */
export function runsToRemove<R extends Pick<RunRecord, 'pipeline' | 'startedAt'>>(
  all: readonly R[],
  { olderThanMs, keepLast }: RunRules,
  nowMs: number,
): readonly R[] {
  const seen = new Map<string, number>()
  return all.filter(({ pipeline, startedAt }) => {
    const newer = seen.get(pipeline) ?? 0
    seen.set(pipeline, newer + 1)
    if (keepLast !== undefined && newer < keepLast) return false
    return olderThanMs === undefined ? keepLast !== undefined : nowMs - startedAt > olderThanMs
  })
}

/**
 * Removes the records of runs, their logs, reports, and results of steps that are not cached. No cache entry goes, and
 * no content: content that is left goes with a prune of the cache. What made a result that can be reused, or that other
 * runs reused, stays as a step run with its log, so that those runs can still say where it comes from.
 */
export async function removeRuns(stores: CacheStores, { runs }: RunRemovalProposal): Promise<RunRemoval> {
  const { artifactStore, metadataStore } = stores
  const kept = await stepRunsInUse(stores, new Set(runs.map(({ id }) => id)))
  let removal: RunRemoval = { runs: 0, objects: 0, bytes: 0, keptSteps: 0 }
  for (const run of runs) {
    // First: a report without a record would be recorded again.
    await artifactStore.delete(runReportKey(run.id))
    const stepRuns = await stepRunsOf(run, metadataStore)
    const [stay, go] = [stepRuns.filter(({ id }) => kept.has(id)), stepRuns.filter(({ id }) => !kept.has(id))]
    await metadataStore.write([
      ...go.map(({ id }) => ({ op: 'delete', kind: 'stepRun', id }) as const),
      { op: 'delete', kind: 'run', id: run.id },
    ])
    const objects = await removeObjects(run, stay, stores)
    removal = {
      runs: removal.runs + 1,
      objects: removal.objects + objects.length,
      bytes: objects.reduce((sum, { size }) => sum + size, removal.bytes),
      keptSteps: removal.keptSteps + stay.length,
    }
  }
  return removal
}

/** Ids of step runs whose result lies in the cache, or to which a run points that stays. */
async function stepRunsInUse(
  { artifactStore, metadataStore }: CacheStores,
  removed: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const used = new Set<string>()
  for await (const { run, origin } of allStepRuns(metadataStore)) {
    if (origin !== undefined && !removed.has(run)) used.add(origin)
  }
  const { results } = await listResults(artifactStore)
  for (const result of results) {
    const { run, invocation } = result.manifest
    if (isReusable(result)) used.add(stepRunId(run.id, invocation))
  }
  return used
}

async function removeObjects(
  run: RunRecord,
  stay: readonly StepRunRecord[],
  { artifactStore }: CacheStores,
): Promise<readonly ObjectInfo[]> {
  const folders = stay.map(({ invocation }) => resultFolder(run.id, invocation))
  const objects: ObjectInfo[] = []
  for await (const object of artifactStore.list(`runs/${run.id}/`)) {
    if (!folders.some((folder) => object.key.startsWith(folder))) objects.push(object)
  }
  for (const { key } of objects) await artifactStore.delete(key)
  return objects
}

async function allRuns(store: MetadataStore): Promise<readonly RunRecord[]> {
  const orderBy = { field: 'startedAt', direction: 'desc' } as const
  const runs: RunRecord[] = []
  let cursor: string | undefined
  do {
    const page = await store.query('run', { orderBy, cursor, limit: PAGE })
    runs.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return runs
}

async function stepRunsOf({ id }: RunRecord, store: MetadataStore): Promise<readonly StepRunRecord[]> {
  const { items } = await store.query('stepRun', { where: { run: id }, limit: Number.MAX_SAFE_INTEGER })
  return items
}

async function* allStepRuns(store: MetadataStore): AsyncIterable<StepRunRecord> {
  let cursor: string | undefined
  do {
    const page = await store.query('stepRun', { cursor, limit: PAGE })
    yield* page.items
    cursor = page.cursor
  } while (cursor !== undefined)
}
