import type { PipelineVersionRecord } from '@cairnml/core'

import { packData, unpackData } from './data-column.ts'
import type { RecordTable } from './record-table.ts'

type Columns = [
  id: string,
  revision: number,
  pipeline: string,
  version: number,
  structure: string,
  createdAt: number,
  data: string | null,
]

/** Versions of pipelines. */
export const PIPELINE_VERSION_TABLE: RecordTable<'pipelineVersion'> = {
  kind: 'pipelineVersion',
  table: 'pipeline_version',
  columns: ['id', 'revision', 'pipeline', 'version', 'structure', 'created_at', 'data'],
  idColumns: 1,
  fields: {
    pipeline: { column: 'pipeline', type: 'text' },
    version: { column: 'version', type: 'number' },
    structure: { column: 'structure', type: 'text' },
    createdAt: { column: 'created_at', type: 'number' },
  },
  encode({ id, revision, pipeline, version, structure, createdAt, ...rest }): Columns {
    return [id, revision, pipeline, version, structure, createdAt, packData(rest)]
  },
  decode(row): PipelineVersionRecord {
    // Sound: rows have the columns of the table, which `encode` filled.
    const [id, revision, pipeline, version, structure, createdAt, data] = row as Columns
    return { ...unpackData(data), id, revision, pipeline, version, structure, createdAt }
  },
  locate: (id) => [[id]],
}
