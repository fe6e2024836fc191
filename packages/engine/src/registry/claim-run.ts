import {
  cairnError,
  foldName,
  isCairnError,
  sortableId,
  thisProcess,
  toTaggedJson,
  type ComponentSnapshot,
  type MetadataStore,
  type RunRecord,
} from '@cairnml/core'

import type { Plan } from '../plan/plan.ts'
import { DEFAULT_RUN_NAME, fillRunName, namesTime, preciseNowMs } from '../settings/run-name.ts'
import type { RunSettings } from '../settings/run-settings.ts'

const MAX_RACES = 20

/** What a run record is made from. */
export interface ClaimRequest {
  readonly plan: Plan
  readonly settings: RunSettings
  readonly version: number
  readonly stack: { readonly name: string; readonly components: { readonly [port: string]: ComponentSnapshot } }
}

/**
 * Records that a run begins, under a name that no other run has.
 *
 * @throws CAIRN_RUN_NAME_TAKEN, CAIRN_NAME_INVALID
 */
export async function claimRun(store: MetadataStore, request: ClaimRequest): Promise<RunRecord> {
  const { plan, settings } = request
  for (let race = 1; ; race++) {
    const nowMs = preciseNowMs()
    const facts = { pipeline: plan.pipeline, substitutions: settings.substitutions, nowMs }
    const record = newRecord(request, fillRunName(settings.name ?? DEFAULT_RUN_NAME, facts), nowMs)
    try {
      await store.write([{ op: 'insert', kind: 'run', record }])
      return record
    } catch (error) {
      if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT')) throw error
      // A name with the time in it is taken only by a run of the same microsecond.
      const mayRetry = settings.name === undefined || namesTime(settings.name)
      if (mayRetry && race < MAX_RACES) continue
      throw cairnError('CAIRN_RUN_NAME_TAKEN', { name: record.name }, { cause: error })
    }
  }
}

/**
 * Refuses a run name that is taken, before anything is recorded. A template with the time in it is free.
 *
 * @throws CAIRN_RUN_NAME_TAKEN, CAIRN_NAME_INVALID
 */
export async function assertNameFree(store: MetadataStore, pipeline: string, settings: RunSettings): Promise<void> {
  const { name: template, substitutions } = settings
  if (template === undefined) return
  const name = fillRunName(template, { pipeline, substitutions, nowMs: preciseNowMs() })
  if (namesTime(template)) return
  const { items } = await store.query('run', { where: { nameKey: foldName(name) }, limit: 1 })
  if (items.length > 0) throw cairnError('CAIRN_RUN_NAME_TAKEN', { name })
}

function newRecord(request: ClaimRequest, name: string, nowMs: number): RunRecord {
  const { plan, settings } = request
  return {
    id: sortableId(Math.floor(nowMs)),
    revision: 1,
    name,
    nameKey: foldName(name),
    pipeline: plan.pipeline,
    version: request.version,
    status: 'running',
    startedAt: Math.floor(nowMs),
    params: plan.params,
    options: toTaggedJson({
      cache: plan.cacheMode,
      failureMode: plan.failureMode,
      refresh: [...settings.refresh],
      settings: settings.settings,
    }),
    tags: plan.tags,
    stack: request.stack,
    process: thisProcess(),
  }
}
