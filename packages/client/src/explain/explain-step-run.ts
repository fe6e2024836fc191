import type { ExecutionReason, StepRunRecord } from '@cairnml/core'
import { changesText, EarlierEntries, printable, reasonText, refusalOf, type KeyChange } from '@cairnml/core/explain'

import { resultOrigin, type ResultOrigin } from '../runs/result-origin.ts'
import type { RecordedRun } from '../runs/stored-run.ts'
import type { Decision, StepExplanation } from './explanation.ts'
import { changesSince, explained, keyTreeOf } from './key-trees.ts'
import { localTime } from './local-time.ts'

const VERBS = {
  pending: 'has not started',
  running: 'is running',
  completed: 'ran',
  cached: 'was reused',
  failed: 'ran and failed',
  skipped: 'was skipped',
  cancelled: 'ran and was cancelled',
} as const

const SHORT_COMMIT = 10

/** What is found out about a step besides what it is. */
type Finding = Pick<StepExplanation, 'decision' | 'clause'> &
  Partial<Pick<StepExplanation, 'reason' | 'against' | 'origin' | 'changes' | 'refusal'>>

/** Why a step run was reused or executed. */
export async function explainStepRun(run: RecordedRun, record: StepRunRecord): Promise<StepExplanation> {
  const label = await run.label(record)
  const status = run.statusOf(record)
  const found = await findingOf(run, record)
  return {
    id: record.invocation,
    step: record.step,
    label,
    status,
    changes: [],
    notices: (await keyTreeOf(run, record.key))?.notices ?? [],
    ...found,
    sentence: `${label} ${found.clause}.`,
    ...(record.key === undefined ? {} : { key: record.key }),
  }
}

async function findingOf(run: RecordedRun, record: StepRunRecord): Promise<Finding> {
  if (record.status === 'cached') return reusedFinding(run, record)
  const status = run.statusOf(record)
  if (record.uncacheable !== undefined) {
    const refusal = refusalOf(record.uncacheable)
    const clause = `${VERBS[status]}: not cached because ${record.uncacheable}`
    return { decision: 'not-cached', clause, ...(refusal === undefined ? {} : { refusal }) }
  }
  if (status === 'skipped' || status === 'pending') return { decision: 'not-run', clause: VERBS[status] }
  if (record.key !== undefined) return executedFinding(run, record, VERBS[status])
  if (status === 'cancelled') return { decision: 'not-run', clause: 'was cancelled before it started' }
  // A step fails without parameters where these, its inputs or its key could not be made.
  if (record.params === undefined) return { decision: 'not-run', clause: `failed before it started${causeOf(record)}` }
  const isOff = run.options['cache'] === 'off'
  const why = isOff ? 'the cache was off for the whole run' : 'its cache is off'
  return { decision: 'not-cached', clause: `${VERBS[status]}: not cached because ${why}` }
}

/** As the end of a clause, without a full stop. */
function causeOf({ error }: StepRunRecord): string {
  if (error === undefined) return ''
  const text = printable(error.message).trim().replace(/\.$/, '')
  return `: ${error.code} ${text}`
}

async function reusedFinding(run: RecordedRun, record: StepRunRecord): Promise<Finding> {
  const { origin, made } = await resultOrigin(record, run)
  const from = origin === undefined ? 'a run that is no longer recorded' : `run ${origin.run} (${madeBy(origin)})`
  const base = { decision: 'reused' as Decision, ...(origin === undefined ? {} : { origin }) }
  const changes = made === undefined || made.key === record.key ? [] : await changesSince(made.key, record, run)
  if (origin?.accepted === undefined && (changes ?? []).length === 0) {
    return { ...base, clause: `was reused from ${from}; nothing that counts has changed` }
  }
  const { by, reason } = origin?.accepted ?? {}
  const word = `${by === undefined ? 'somebody' : by} accepted it${reason === undefined ? '' : ` (${reason})`}`
  const since = changes === undefined || changes.length === 0 ? '' : `; changed since: ${changesText(changes)}`
  return { ...base, changes: explained(changes ?? []), clause: `was reused from ${from}, as ${word}${since}` }
}

function madeBy({ user, host, madeAt, commit, dirty }: ResultOrigin): string {
  const changed = dirty === true ? ' with changed files' : ''
  const at = commit === undefined ? '' : `, commit ${commit.slice(0, SHORT_COMMIT)}${changed}`
  return `made by ${user} on host ${host} at ${localTime(madeAt)}${at}`
}

async function executedFinding(run: RecordedRun, record: StepRunRecord, verb: string): Promise<Finding> {
  const reason = record.why ?? (await searchedReason(run, record))
  if (reason === undefined) return { decision: 'executed', clause: `${verb}: why is not recorded` }
  const { changes, against } = await factsOf(reason, record, run)
  const clause = `${verb}: ${reasonText(reason, { run: against ?? 'that is no longer recorded', changes })}`
  const found = { decision: 'executed', reason: reason.kind, clause, changes: explained(changes) } as const
  return against === undefined ? found : { ...found, against }
}

async function factsOf(
  reason: ExecutionReason,
  record: StepRunRecord,
  run: RecordedRun,
): Promise<{ readonly changes: readonly KeyChange[]; readonly against: string | undefined }> {
  if (!('against' in reason)) return { changes: [], against: undefined }
  const earlier = await (await run.stores.records()).get('stepRun', reason.against)
  const against = earlier === undefined ? undefined : ((await run.run(earlier.run))?.name ?? earlier.run)
  const changes = reason.kind === 'changed' ? await changesSince(earlier?.key, record, run) : []
  return { changes: changes ?? [], against }
}

/** For records that do not say it: what an explanation at that time would have found. */
async function searchedReason(run: RecordedRun, record: StepRunRecord): Promise<ExecutionReason | undefined> {
  const tree = await keyTreeOf(run, record.key)
  if (tree === undefined) return undefined
  const isEarlier = (other: StepRunRecord): boolean =>
    other.run !== run.id && (other.endedAt ?? other.startedAt) <= record.startedAt
  const entries = new EarlierEntries(await run.stores.records(), record.step, isEarlier)
  const nearest = await entries.nearest({ tree, invocation: record.invocation, pipeline: run.pipeline })
  if (nearest === undefined) return { kind: 'first' }
  const against = nearest.stepRun.id
  return nearest.stepRun.key === record.key ? { kind: 'entry-gone', against } : { kind: 'changed', against }
}
