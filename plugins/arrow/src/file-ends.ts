import type { FileReader } from '@cairnml/core'

import { invalidTable } from './invalid-table.ts'

/** How files of a format begin and end. */
export interface FileEnds {
  readonly format: 'Arrow IPC' | 'Parquet'
  readonly start: string
  readonly end: string
}

/**
 * Makes sure that bytes begin and end as files of a format do. Libraries take an empty file for an empty table.
 *
 * @throws ARROW_TABLE_INVALID
 */
export function assertEnds(bytes: Uint8Array, { format, start, end }: FileEnds): void {
  const text = (part: Uint8Array): string => Buffer.from(part).toString('latin1')
  if (text(bytes.subarray(0, start.length)) !== start) {
    throw invalidTable(format, `it does not begin with ${start}`)
  }
  if (bytes.length < start.length + end.length || text(bytes.subarray(-end.length)) !== end) {
    throw invalidTable(format, 'it is cut off')
  }
}

/** The same of a file of any size, which is not held in memory. */
export async function checkEnds(files: FileReader, ends: FileEnds): Promise<void> {
  const most = ends.start.length + ends.end.length
  let [head, tail, size] = [Buffer.alloc(0), Buffer.alloc(0), 0]
  for await (const chunk of files.stream()) {
    size += chunk.length
    if (head.length < most) head = Buffer.concat([head, chunk.subarray(0, most)])
    tail = Buffer.concat([tail, chunk.subarray(-most)]).subarray(-most)
  }
  assertEnds(size <= most ? head.subarray(0, size) : Buffer.concat([head.subarray(0, most), tail]), ends)
}
