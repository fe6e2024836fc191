import {
  cairnError,
  foldName,
  nearestName,
  type MetadataStore,
  type PipelineRecord,
  type PipelineVersionRecord,
} from '@cairnml/core'

import { listRuns } from '../runs/list-runs.ts'
import type { RunPage, RunQuery } from '../runs/run-query.ts'
import type { StoredRun } from '../runs/stored-run.ts'
import type { ReadStores } from '../stack/open-stores.ts'

/** A structure of a pipeline that was seen. */
export interface StoredPipelineVersion {
  /** 1, 2, 3, ... */
  readonly version: number
  /** sha256 of the structure. */
  readonly structure: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Its runs, newest first. */
  runs(query?: RunQuery): Promise<RunPage>
}

/** A pipeline that has been run. */
export interface StoredPipeline {
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** Oldest first. */
  readonly versions: readonly StoredPipelineVersion[]
  /** Its newest runs over all versions, newest first: 100 at most, see `findRuns` for more. */
  readonly runs: readonly StoredRun[]
  /** The newest run. */
  readonly last: StoredRun | undefined
  /** The newest run in which everything completed or was reused. */
  readonly lastSuccessful: StoredRun | undefined
  /** Runs of this pipeline as `client.runs` finds them. */
  findRuns(query?: RunQuery): Promise<RunPage>
}

/**
 * A pipeline by its name, ignoring case.
 *
 * @throws CAIRN_PIPELINE_NOT_RECORDED
 */
export async function findPipeline(stores: ReadStores, name: string): Promise<StoredPipeline> {
  const records = await stores.records()
  const record = await records.get('pipeline', foldName(name))
  if (record === undefined) throw await notRecorded(records, name)
  return storedPipeline(stores, record)
}

/** All pipelines, by name. */
export async function listPipelines(stores: ReadStores): Promise<readonly PipelineRecord[]> {
  const records = await stores.records()
  const found: PipelineRecord[] = []
  let cursor: string | undefined
  do {
    const page = await records.query('pipeline', {
      orderBy: { field: 'name', direction: 'asc' },
      cursor,
      limit: 1000,
    })
    found.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found
}

/** A pipeline from its record, with its versions and newest runs. */
export async function storedPipeline(
  stores: ReadStores,
  { name, createdAt }: PipelineRecord,
  limit = 100,
): Promise<StoredPipeline> {
  const findRuns = (query: RunQuery = {}): Promise<RunPage> => listRuns(stores, { ...query, pipeline: name })
  const versions = await versionsOf(await stores.records(), name)
  const { runs } = await findRuns({ limit })
  const isGood = ({ status }: StoredRun): boolean => status === 'completed' || status === 'cached'
  const good = runs.find(isGood) ?? (await findRuns({ where: SUCCESSFUL, limit: 1 })).runs[0]
  return {
    name,
    createdAt,
    versions: versions.map(({ version, structure, createdAt: at }) => ({
      version,
      structure,
      createdAt: at,
      runs: (query = {}) => findRuns({ ...query, version }),
    })),
    runs,
    last: runs[0],
    lastSuccessful: good,
    findRuns,
  }
}

const SUCCESSFUL = {
  any: [
    { field: 'status', is: '=', value: 'completed' },
    { field: 'status', is: '=', value: 'cached' },
  ],
} as const

async function versionsOf(records: MetadataStore, pipeline: string): Promise<readonly PipelineVersionRecord[]> {
  const where = { pipeline: foldName(pipeline) }
  const { items } = await records.query('pipelineVersion', { where, limit: 10_000 })
  return items.toSorted((a, b) => a.version - b.version)
}

async function notRecorded(records: MetadataStore, name: string): Promise<Error> {
  const { items } = await records.query('pipeline', { limit: 1000 })
  const known = items.map((record) => record.name)
  return cairnError('CAIRN_PIPELINE_NOT_RECORDED', { name, nearest: nearestName(name, known) })
}
