import type { KeyTreeRecord } from '@cairnml/core'

import { packDigest, unpackDigest } from './digest-column.ts'
import type { RecordTable } from './record-table.ts'

type Columns = [id: Uint8Array | string, revision: number, createdAt: number, data: string]

/** Key trees, by their keys. */
export const KEY_TREE_TABLE: RecordTable<'keyTree'> = {
  kind: 'keyTree',
  table: 'key_tree',
  columns: ['id', 'revision', 'created_at', 'data'],
  idColumns: 1,
  fields: { createdAt: { column: 'created_at', type: 'number' } },
  encode({ id, revision, createdAt, ...rest }): Columns {
    return [packDigest(id), revision, createdAt, JSON.stringify(rest)]
  },
  decode(row): KeyTreeRecord {
    // Sound: rows have the columns of the table, which `encode` filled.
    const [id, revision, createdAt, data] = row as Columns
    const rest = JSON.parse(data) as Pick<KeyTreeRecord, 'tree'>
    return { ...rest, id: unpackDigest(id), revision, createdAt }
  },
  locate: (id) => [[packDigest(id)]],
}
