import { CairnError } from '@cairnml/core'

/** The error of a file that is no table. Its code is permanent: `ARROW_TABLE_INVALID`. */
export function invalidTable(format: 'Arrow IPC' | 'Parquet', reason: string, cause?: unknown): CairnError {
  return new CairnError({
    code: 'ARROW_TABLE_INVALID',
    message: `This is not a valid ${format} file: ${reason}.`,
    hint: 'Check that the file is whole and has this format; an Arrow file is one with a footer, not a stream.',
    details: { format, reason },
    exitCode: 1,
    cause,
  })
}

/** What a library says of a file, as a clause of one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return `it cannot be decoded (${text.replaceAll(/\s+/g, ' ').slice(0, 200).trim()})`
}
