import {
  comparedFields,
  conditionHolds,
  foldName,
  isSingleFact,
  type MetadataStore,
  type RecordQuery,
  type RunRecord,
} from '@cairnml/core'

import type { ReadStores } from '../stack/open-stores.ts'
import { parseWhere, type RunCondition } from '../where/parse-where.ts'
import { recordField, WhereProblem } from '../where/where-fields.ts'
import { whereError } from '../where/where-tokens.ts'
import type { RunPage, RunQuery } from './run-query.ts'
import { RecordedRun } from './stored-run.ts'

const DEFAULT_LIMIT = 100

/**
 * A page of runs.
 *
 * @throws CAIRN_WHERE_INVALID; CAIRN_RECORD_QUERY for a limit or cursor that is none
 */
export async function listRuns(stores: ReadStores, query: RunQuery): Promise<RunPage> {
  const records = await stores.records()
  const { limit = DEFAULT_LIMIT } = query
  const { where, match, orderBy } = await recordQuery(records, query)
  // A run whose process died counts as failed, and only its process can tell; there are few that seem to be running.
  const isAsked = match !== undefined && comparedFields(match).includes('status')
  const asked: RecordQuery<'run'> = {
    where,
    orderBy,
    match: isAsked ? { any: [match, { field: 'status', is: '=', value: 'running' }] } : match,
  }
  const runs: RecordedRun[] = []
  let { cursor } = query
  do {
    const page = await records.query('run', { ...asked, cursor, limit: limit - runs.length })
    const found = page.items.map((record) => new RecordedRun(record, stores))
    runs.push(...(isAsked ? found.filter((run) => holds(run, match)) : found))
    cursor = page.cursor
  } while (cursor !== undefined && runs.length < limit)
  return cursor === undefined ? { runs } : { runs, cursor }
}

function holds({ record, status }: RecordedRun, match: RunCondition): boolean {
  return record.status !== 'running' || conditionHolds('run', { ...record, status } as RunRecord, match)
}

async function recordQuery(records: MetadataStore, query: RunQuery): Promise<RecordQuery<'run'>> {
  const { version, name, since, until, where, tag = [], status } = query
  const all: RunCondition[] = [
    ...[tag].flat().map((value): RunCondition => ({ field: 'tag', is: '=', value })),
    ...(status === undefined ? [] : [{ field: 'status', is: '=', value: status } as const]),
    ...(where === undefined ? [] : [typeof where === 'string' ? parseWhere(where) : where]),
  ]
  const pipeline = query.pipeline === undefined ? undefined : await registeredName(records, query.pipeline)
  const startedAt = since === undefined && until === undefined ? undefined : { from: ms(since), to: ms(until) }
  const nameKey = name === undefined ? undefined : { prefix: foldName(name) }
  return {
    where: { pipeline, version, startedAt, nameKey },
    orderBy: { field: sortField(query.sort ?? 'started'), direction: query.direction ?? 'desc' },
    ...(all.length === 0 ? {} : { match: { all } }),
  }
}

/** The name as it was registered: runs have it in this spelling. */
async function registeredName(records: MetadataStore, given: string): Promise<string> {
  return (await records.get('pipeline', foldName(given)))?.name ?? given
}

function sortField(name: string): ReturnType<typeof recordField>['field'] {
  try {
    const { field } = recordField(name)
    if (isSingleFact(field)) return field
    throw new WhereProblem('field', `a run can have several values of ${name}`)
  } catch (error) {
    throw error instanceof WhereProblem ? whereError(name, 0, error.message) : error
  }
}

function ms(at: Date | number | undefined): number | undefined {
  return at instanceof Date ? at.getTime() : at
}
