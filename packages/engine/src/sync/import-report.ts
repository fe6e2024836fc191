import {
  cacheKey,
  foldName,
  isCairnError,
  type KeyTreeRecord,
  type MetadataStore,
  type RecordChange,
  type RunRecord,
} from '@cairnml/core'

import { knownVersion } from '../registry/register-version.ts'
import type { CheckedReport } from './checked-report.ts'

const MAX_RACES = 20
const LONGEST_START = 90

/**
 * Records a run of another machine, whole or not at all.
 *
 * A structure that is known here keeps its number here; another one keeps the number that it has there if it is free,
 * and gets the next one otherwise. A run whose name is taken gets the end of its id behind it.
 *
 * @returns the run as it is recorded; `undefined` where somebody recorded it meanwhile
 */
export async function importReport(report: CheckedReport, records: MetadataStore): Promise<RunRecord | undefined> {
  for (let race = 1; ; race++) {
    if ((await records.get('run', report.run.id)) !== undefined) return undefined
    const { version, changes } = await placeOf(report, records)
    const name = await freeName(report.run, records)
    const run: RunRecord = { ...report.run, revision: 1, version, name, nameKey: foldName(name) }
    try {
      await records.write([
        ...changes,
        { op: 'insert', kind: 'run', record: run },
        ...stepsOf(report),
        ...(await treesOf(report, records)),
      ])
      return run
    } catch (error) {
      if (!isCairnError(error, 'CAIRN_RECORD_CONFLICT') || race >= MAX_RACES) throw error
    }
  }
}

/** The number of a report's version here, and what has to be recorded for it. */
async function placeOf(
  { pipeline, version }: CheckedReport,
  records: MetadataStore,
): Promise<{ readonly version: number; readonly changes: readonly RecordChange[] }> {
  const known = await knownVersion(records, pipeline.id, version.structure)
  if (known !== undefined) return { version: known, changes: [] }
  const taken = await records.get('pipelineVersion', `${pipeline.id}@${version.version}`)
  const number = taken === undefined ? version.version : await nextVersion(pipeline.id, records)
  const record = { ...version, id: `${pipeline.id}@${number}`, revision: 1, version: number }
  const isKnown = (await records.get('pipeline', pipeline.id)) !== undefined
  const added: RecordChange = { op: 'insert', kind: 'pipelineVersion', record }
  if (isKnown) return { version: number, changes: [added] }
  return { version: number, changes: [{ op: 'insert', kind: 'pipeline', record: { ...pipeline, revision: 1 } }, added] }
}

async function nextVersion(pipeline: string, records: MetadataStore): Promise<number> {
  const { items } = await records.query('pipelineVersion', {
    where: { pipeline },
    orderBy: { field: 'version', direction: 'desc' },
    limit: 1,
  })
  return (items[0]?.version ?? 0) + 1
}

async function freeName({ id, name, nameKey }: RunRecord, records: MetadataStore): Promise<string> {
  const { items } = await records.query('run', { where: { nameKey }, limit: 1 })
  return items.length === 0 ? name : `${name.slice(0, LONGEST_START)}-${id.slice(-8)}`
}

function stepsOf({ run, stepRuns }: CheckedReport): readonly RecordChange[] {
  return stepRuns
    .filter((step) => step.run === run.id)
    .map((step) => ({ op: 'insert', kind: 'stepRun', record: { ...step, revision: 1 } }))
}

/** Parts that do not make their key are left out: who explains by them would tell something that is not true. */
async function treesOf({ keyTrees }: CheckedReport, records: MetadataStore): Promise<readonly RecordChange[]> {
  const missing = new Map<string, KeyTreeRecord>()
  for (const record of keyTrees) {
    const isWanted = cacheKey(record.tree) === record.id && (await records.get('keyTree', record.id)) === undefined
    if (isWanted) missing.set(record.id, { ...record, revision: 1 })
  }
  return [...missing.values()].map((record) => ({ op: 'insert', kind: 'keyTree', record }))
}
