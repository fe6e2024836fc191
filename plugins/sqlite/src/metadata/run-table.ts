import type { RunRecord, Status } from '@cairnml/core'

import { packData, unpackData } from './data-column.ts'
import type { RecordTable } from './record-table.ts'

type Columns = [
  id: string,
  revision: number,
  name: string,
  nameKey: string,
  pipeline: string,
  version: number,
  status: Status,
  startedAt: number,
  endedAt: number | null,
  data: string | null,
]
type InData = 'params' | 'options' | 'tags' | 'stack' | 'process' | 'provenance' | 'error' | 'metrics' | 'counts'

/** Runs. */
export const RUN_TABLE: RecordTable<'run'> = {
  kind: 'run',
  table: 'run',
  columns: ['id', 'revision', 'name', 'name_key', 'pipeline', 'version', 'status', 'started_at', 'ended_at', 'data'],
  idColumns: 1,
  fields: {
    nameKey: { column: 'name_key', type: 'text' },
    pipeline: { column: 'pipeline', type: 'text' },
    version: { column: 'version', type: 'number' },
    status: { column: 'status', type: 'text' },
    startedAt: { column: 'started_at', type: 'number' },
  },
  facts: { table: 'run_fact', named: true, pack: (value) => value },
  encode({ id, revision, name, nameKey, pipeline, version, status, startedAt, endedAt, ...rest }): Columns {
    return [id, revision, name, nameKey, pipeline, version, status, startedAt, endedAt ?? null, packData(rest)]
  },
  decode(row): RunRecord {
    // Sound: rows have the columns of the table, which `encode` filled.
    const [id, revision, name, nameKey, pipeline, version, status, startedAt, endedAt, data] = row as Columns
    return {
      // Sound: `encode` put all properties without a column there.
      ...(unpackData(data) as Pick<RunRecord, InData>),
      id,
      revision,
      name,
      nameKey,
      pipeline,
      version,
      status,
      startedAt,
      ...(endedAt === null ? {} : { endedAt }),
    }
  },
  locate: (id) => [[id]],
}
