import { cairnError, describeError } from '@cairnml/core'

import { ProcessEvent } from './process-event.ts'

const exits = new ProcessEvent('exit')
/** Names of the runs that go on, the oldest first. */
const goingOn = new Set<string>()

/** The error of the runs of this process that have not come to their end; `undefined` where all have. */
export function lostRunError(): Error | undefined {
  const [run] = goingOn
  return run === undefined ? undefined : cairnError('CAIRN_RUN_LOST', { run })
}

/**
 * While a run goes on, `process.exit()` in a step or beside it does not look like success: the process says what
 * happened and its exit code is not 0. The next run marks this one as lost.
 */
export function onEarlyExit(run: string): Disposable {
  goingOn.add(run)
  const subscription = exits.subscribe((code) => {
    if (code !== 0) return
    process.stderr.write(`${describeError(cairnError('CAIRN_RUN_LOST', { run }))}\n`)
    process.exitCode = 1
  })
  return {
    [Symbol.dispose]: () => {
      goingOn.delete(run)
      subscription[Symbol.dispose]()
    },
  }
}
