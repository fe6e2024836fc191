import type { PipelineRecord } from '@cairnml/core'

import { packData, unpackData } from './data-column.ts'
import type { RecordTable } from './record-table.ts'

type Columns = [id: string, revision: number, name: string, createdAt: number, data: string | null]

/** Pipelines. */
export const PIPELINE_TABLE: RecordTable<'pipeline'> = {
  kind: 'pipeline',
  table: 'pipeline',
  columns: ['id', 'revision', 'name', 'created_at', 'data'],
  idColumns: 1,
  fields: { name: { column: 'name', type: 'text' }, createdAt: { column: 'created_at', type: 'number' } },
  encode({ id, revision, name, createdAt, ...rest }): Columns {
    return [id, revision, name, createdAt, packData(rest)]
  },
  decode(row): PipelineRecord {
    // Sound: rows have the columns of the table, which `encode` filled.
    const [id, revision, name, createdAt, data] = row as Columns
    return { ...unpackData(data), id, revision, name, createdAt }
  },
  locate: (id) => [[id]],
}
