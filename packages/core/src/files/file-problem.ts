/** Why a file cannot be read, from the error of the file system, as the end of a sentence. */
export function fileProblem(error: unknown): string {
  if (isAbsent(error)) return 'it is not there'
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return code === 'EISDIR' ? 'it is a folder' : `it cannot be read (${code})`
}

/** Whether the error of the file system says that something is not there; otherwise nobody can tell. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
