import type { Table } from 'apache-arrow'

/** The bytes of an Arrow IPC file, the same for tables of equal columns in equal batches. */
export async function encodeArrow(table: Table): Promise<Uint8Array> {
  const { tableFromIPC, tableToIPC } = await import('apache-arrow')
  return tableToIPC(table.schema.dictionaries.size === 0 ? table : tableFromIPC(await renumbered(table)), 'file')
}

/** Ids of dictionaries count how many a process has made so far; whoever writes the stream anew numbers them from 0. */
async function renumbered(table: Table): Promise<Uint8Array> {
  const { tableToIPC } = await import('apache-arrow')
  const parquet = await import('parquet-wasm')
  return parquet.Table.fromIPCStream(tableToIPC(table, 'stream')).intoIPCStream()
}
