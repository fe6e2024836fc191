import type { MetadataStore, StepRunRecord } from '@cairnml/core'

import type { StoredResult } from './stored-result.ts'

const ALL = Number.MAX_SAFE_INTEGER

/** What reuse did for one step in the runs that were looked at. */
export interface StepUse {
  readonly step: string
  /** Step runs that reused a result. */
  readonly hits: number
  /** Step runs that executed although they could be cached: no result, or none was looked for. */
  readonly misses: number
  /** Step runs that executed and could not be cached. */
  readonly uncached: number
  /** Time that the reused results had taken to make, in milliseconds. */
  readonly savedMs: number
}

/** What reuse did lately, by step in the order of the alphabet. */
export interface RecentUse {
  /** How many runs were looked at. */
  readonly runs: number
  readonly steps: readonly StepUse[]
}

/** Counts hits and misses over the newest runs. */
export async function recentUse(
  store: MetadataStore,
  results: readonly StoredResult[],
  count: number,
): Promise<RecentUse> {
  const tookMs = new Map(results.map(({ manifest }) => [manifest.id, manifest.endedAt - manifest.startedAt]))
  const { items: runs } = await store.query('run', {
    orderBy: { field: 'startedAt', direction: 'desc' },
    limit: count,
  })
  const steps = new Map<string, StepUse>()
  for (const { id } of runs) {
    const { items } = await store.query('stepRun', { where: { run: id }, limit: ALL })
    for (const stepRun of items) {
      const used = steps.get(stepRun.step) ?? { step: stepRun.step, hits: 0, misses: 0, uncached: 0, savedMs: 0 }
      const savedMs = stepRun.status === 'cached' ? await savedBy(stepRun, tookMs, store) : 0
      steps.set(stepRun.step, counted(used, stepRun, savedMs))
    }
  }
  return { runs: runs.length, steps: [...steps.values()].toSorted((a, b) => (a.step < b.step ? -1 : 1)) }
}

function counted(used: StepUse, { status, key }: StepRunRecord, savedMs: number): StepUse {
  if (status === 'cached') return { ...used, hits: used.hits + 1, savedMs: used.savedMs + savedMs }
  if (status !== 'completed' && status !== 'failed') return used
  return key === undefined ? { ...used, uncached: used.uncached + 1 } : { ...used, misses: used.misses + 1 }
}

async function savedBy(
  { entry, origin }: StepRunRecord,
  tookMs: Map<string, number>,
  store: MetadataStore,
): Promise<number> {
  const known = tookMs.get(entry ?? '')
  if (known !== undefined || entry === undefined) return known ?? 0
  // The entry is gone; the step run that made it tells how long it took.
  const made = origin === undefined ? undefined : await store.get('stepRun', origin)
  const ms = made?.endedAt === undefined ? 0 : made.endedAt - made.startedAt
  tookMs.set(entry, ms)
  return ms
}
