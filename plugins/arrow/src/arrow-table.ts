import { materializer, type Materializer } from '@cairnml/core'
import type { Table } from 'apache-arrow'

import { assertTable } from './assert-table.ts'
import { encodeArrow } from './encode-arrow.ts'
import { assertEnds, checkEnds, type FileEnds } from './file-ends.ts'
import { invalidTable, reasonOf } from './invalid-table.ts'
import { tableFacts, tablePreview } from './table-facts.ts'

const ENDS: FileEnds = { format: 'Arrow IPC', start: 'ARROW1', end: 'ARROW1' }

/**
 * A table of `apache-arrow`, stored as an Arrow IPC file, which Python, R and databases read without conversion. Tables
 * of equal columns in equal batches have equal bytes. Batches with different dictionaries are refused: the format has one
 * per column; `parquetTable` takes them.
 *
 * @throws ARROW_TABLE_INVALID where a file is none
 */
export const arrowTable: Materializer<Table> = materializer<Table>({
  name: 'arrow-table',
  version: 1,
  write: async (table, files) => {
    assertTable(table)
    await files.write('table.arrow', await encodeArrow(table))
  },
  read: async (files) => {
    const bytes = await files.bytes()
    assertEnds(bytes, ENDS)
    const { tableFromIPC } = await import('apache-arrow')
    try {
      return tableFromIPC(bytes)
    } catch (error) {
      throw invalidTable('Arrow IPC', reasonOf(error), error)
    }
  },
  check: (files) => checkEnds(files, ENDS),
  metadata: tableFacts,
  preview: tablePreview,
})
