import { describeError, errorStacks, isCairnError } from '@cairnml/core'

/**
 * Prints a Cairn error that nobody catches as help and ends with its exit code, where Node would print a crash. Programs
 * that handle uncaught exceptions themselves keep doing so; `CAIRN_DEBUG=1` shows stacks.
 */
export function reportUncaught(): void {
  process.on('uncaughtExceptionMonitor', (error) => {
    if (!isCairnError(error) || process.listenerCount('uncaughtException') > 0) return
    const stacks = process.env['CAIRN_DEBUG'] ? `${errorStacks(error)}\n` : ''
    process.stderr.write(`${describeError(error)}\n${stacks}`)
    process.exit(error.exitCode)
  })
}
