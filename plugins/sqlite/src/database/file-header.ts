import { closeSync, openSync, readSync } from 'node:fs'

const MAGIC = 'SQLite format 3\0'
const SIZE = 100
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68

/** What the first bytes of a file say about it as a database, before SQLite touches it. */
export type FileHeader =
  /** No file, or an empty one. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'database'; readonly version: number; readonly applicationId: number }
  | { readonly kind: 'foreign' }

/**
 * Reads the header of a database file (https://sqlite.org/fileformat2.html). What the write-ahead log holds beyond it
 * is not seen.
 *
 * @throws the system's error for a folder or a file that may not be read
 */
export function readFileHeader(file: string): FileHeader {
  const bytes = readStart(file)
  if (bytes === undefined || bytes.length === 0) return { kind: 'fresh' }
  if (bytes.length < SIZE || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return { kind: 'foreign' }
  return {
    kind: 'database',
    version: bytes.readInt32BE(USER_VERSION_AT),
    applicationId: bytes.readInt32BE(APPLICATION_ID_AT),
  }
}

function readStart(file: string): Buffer | undefined {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const buffer = Buffer.alloc(SIZE)
    return buffer.subarray(0, readSync(handle, buffer, 0, SIZE, 0))
  } finally {
    closeSync(handle)
  }
}
