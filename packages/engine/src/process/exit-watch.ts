import { cairnError, describeError } from '@cairnml/core'

import { ProcessEvent } from './process-event.ts'

const exits = new ProcessEvent('exit')

/**
 * While a run goes on, `process.exit()` in a step or beside it does not look like success: the process says what
 * happened and its exit code is not 0. The next run marks this one as lost.
 */
export function onEarlyExit(run: string): Disposable {
  return exits.subscribe((code) => {
    if (code !== 0) return
    process.stderr.write(`${describeError(cairnError('CAIRN_RUN_LOST', { run }))}\n`)
    process.exitCode = 1
  })
}
