import { materializer, type Materializer } from '@cairnml/core'
import type { Table } from 'apache-arrow'

import { assertTable } from './assert-table.ts'
import { assertEnds, checkEnds, type FileEnds } from './file-ends.ts'
import { invalidTable, reasonOf } from './invalid-table.ts'
import { tableFacts, tablePreview } from './table-facts.ts'

const ENDS: FileEnds = { format: 'Parquet', start: 'PAR1', end: 'PAR1' }
/** Rows per batch of the table that is read; the library makes batches of 1024 otherwise. */
const ROWS_PER_BATCH = 65_536

/**
 * A table of `apache-arrow`, stored as a Parquet file with Snappy compression: smaller than Arrow IPC, slower to read and
 * write. Tables of equal columns in equal batches have equal bytes.
 *
 * @throws ARROW_TABLE_INVALID where a file is none
 */
export const parquetTable: Materializer<Table> = materializer<Table>({
  name: 'parquet-table',
  version: 1,
  write: async (table, files) => {
    assertTable(table)
    const { tableToIPC } = await import('apache-arrow')
    const parquet = await import('parquet-wasm')
    const properties = new parquet.WriterPropertiesBuilder().setCompression(parquet.Compression.SNAPPY).build()
    const stored = parquet.writeParquet(parquet.Table.fromIPCStream(tableToIPC(table, 'stream')), properties)
    await files.write('table.parquet', stored)
  },
  read: async (files) => {
    const bytes = await files.bytes()
    assertEnds(bytes, ENDS)
    const { tableFromIPC } = await import('apache-arrow')
    const { readParquet } = await import('parquet-wasm')
    try {
      return tableFromIPC(readParquet(bytes, { batchSize: ROWS_PER_BATCH }).intoIPCStream())
    } catch (error) {
      throw invalidTable('Parquet', reasonOf(error), error)
    }
  },
  check: (files) => checkEnds(files, ENDS),
  metadata: tableFacts,
  preview: tablePreview,
})
