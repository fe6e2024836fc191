let isTold = false

/** Says, once, that standard output cannot be written; the command ends with the exit code 2 unless it has another one. */
export function tellLostOutput(error: Error): void {
  if (isTold) return
  isTold = true
  process.stderr.write(`Standard output cannot be written: ${error.message}\n`)
  process.once('exit', () => {
    if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = 2
  })
}
