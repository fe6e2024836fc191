/** On a process in which it was told, by whichever copy of this package. */
const TOLD = Symbol.for('cairnml/lost-output')

/**
 * Says on standard error, once, that standard output cannot be written, a full disk for example. The process goes on, and
 * ends with the exit code 2 unless it has another one than 0.
 */
export function tellLostOutput(error: Error): void {
  if (TOLD in process) return
  Object.defineProperty(process, TOLD, { value: true })
  process.stderr.write(`Standard output cannot be written: ${error.message}\n`)
  // What runs until then may set an exit code of its own; where the process is ending already, nothing does.
  failUnlessFailed()
  process.once('exit', failUnlessFailed)
}

function failUnlessFailed(): void {
  const { exitCode } = process
  if (exitCode === undefined || Number(exitCode) === 0) process.exitCode = 2
}
