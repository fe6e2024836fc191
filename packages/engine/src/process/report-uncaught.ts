import { describeError, isCairnError } from '@cairnml/core'

let installed = false

/**
 * Prints a Cairn error that nobody caught as help and ends with its exit code, where Node would print a crash. Programs
 * that handle uncaught exceptions themselves keep doing so; `CAIRN_DEBUG=1` shows stacks.
 */
export function reportUncaught(): void {
  if (installed) return
  installed = true
  process.on('uncaughtExceptionMonitor', (error) => {
    if (!isCairnError(error) || process.listenerCount('uncaughtException') > 0) return
    const stack = process.env['CAIRN_DEBUG'] ? `${error.stack ?? ''}\n` : ''
    process.stderr.write(`${describeError(error)}\n${stack}`)
    process.exit(error.exitCode)
  })
}
