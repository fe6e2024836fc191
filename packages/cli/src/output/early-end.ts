import { cairnError, errorRecord } from '@cairnml/core'

import { printError, type ErrorOutput } from './print-error.ts'

/** Node ends with it where a promise is waited for that nothing in the process can settle. */
const UNSETTLED = 13

let isMeant = false

/** Ends the process although its command goes on. */
export function leave(code: number): never {
  isMeant = true
  process.exit(code)
}

/**
 * While a command goes on, `process.exit()` in a plugin or file that it loads does not look like success, a plugin that
 * waits for ever is no silent end, and an error that nothing catches is said as others are.
 */
export function watchEarlyEnd(command: string, output: ErrorOutput): Disposable {
  const ended = (code: number): void => {
    const { exitCode } = process
    // A run that was going on has said more about itself, and set it.
    const isSaid = exitCode !== undefined && exitCode !== code
    if (isMeant || isSaid || (code !== 0 && code !== UNSETTLED)) return
    const isCalled = exitCode === 0
    const problem = isCalled ? 'code that it loaded called process.exit()' : 'it waits for what nothing can bring about'
    const error = cairnError('CAIRN_COMMAND_ENDED', { command, problem })
    printError(error, output)
    process.exitCode = error.exitCode
  }
  const thrown = (cause: unknown): void => {
    if (process.listenerCount('uncaughtException') > 0) return
    const { code, message } = errorRecord(cause)
    const problem = `${code} ${message}`.trim().replace(/\.$/, '')
    const where = `Code that \`cairn ${command}\` loaded`
    const error = cairnError('CAIRN_ERROR_UNCAUGHT', { where, problem }, { cause })
    printError(error, output)
    process.exit(error.exitCode)
  }
  process.on('exit', ended)
  process.on('uncaughtExceptionMonitor', thrown)
  return {
    [Symbol.dispose]: () => {
      process.removeListener('exit', ended)
      process.removeListener('uncaughtExceptionMonitor', thrown)
    },
  }
}
