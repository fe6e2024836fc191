import { cairnError, errorRecord, isCairnError } from '@cairnml/core'

import { printError, printErrorJson, type ErrorOutput } from './print-error.ts'
import { hasPrinted } from './standard-output.ts'

/** Node ends with it where a promise is waited for that nothing in the process can settle. */
const UNSETTLED = 13
const SIGNAL_CODES: Readonly<Partial<Record<NodeJS.Signals, number>>> = { SIGINT: 130, SIGTERM: 143 }

let isMeant = false
let isWatched = false
let lostRun: () => Error | undefined = () => undefined
let answer: (code: number) => number | undefined = () => undefined
let isAbandoned = false

/** Ends the process although its command goes on. */
export function leave(code: number): never {
  isMeant = true
  process.exit(code)
}

/** Tells where the error of a run is found whose process ends before it. */
export function findLostRun(find: () => Error | undefined): void {
  lostRun = find
}

/**
 * Where code that a command loaded calls `process.exit()`, what the command has to say by then is printed by a function.
 *
 * @param print gets the code of that call and gives the exit code, or `undefined` where the command was not done
 */
export function answerAtExit(print: (code: number) => number | undefined): void {
  answer = print
}

/** Lets the process end with its command, although something in it may go on for ever. */
export function leaveAtEnd(): void {
  isAbandoned = true
}

/** The exit code of a command that is done; where `leaveAtEnd` was called, the process is ended with it. */
export function endWith(code: number): number {
  if (isAbandoned) leave(code)
  return code
}

/**
 * While a command goes on, `process.exit()` in a plugin or file that it loads does not look like success, a plugin that
 * waits for ever is no silent end, and JSON is printed all the same. An error that nothing catches is said as others
 * are, also when the command has ended.
 */
export function watchEarlyEnd(command: string, output: ErrorOutput): Disposable {
  watchErrors(command, output)
  const ended = (code: number): void => {
    if (!isMeant) tellEnd(command, code, output)
  }
  const watched = new DisposableStack()
  watched.defer(() => void process.removeListener('exit', ended))
  process.on('exit', ended)
  if (output.json) watched.use(answerSignals(command, output))
  return watched
}

/** Whoever reads JSON gets it also where the command is interrupted; otherwise a signal does what it always does. */
function answerSignals(command: string, output: ErrorOutput): Disposable {
  const interrupted = (signal: NodeJS.Signals): void => {
    // A run that goes on, and a file that listens, end by themselves.
    if (process.listenerCount(signal) > 1) return
    const details = { command, problem: `${signal} interrupted it`, isInterrupted: true }
    if (!hasPrinted()) printError(cairnError('CAIRN_COMMAND_ENDED', details), output)
    leave(SIGNAL_CODES[signal] ?? 2)
  }
  for (const signal of Object.keys(SIGNAL_CODES)) process.on(signal, interrupted)
  return {
    [Symbol.dispose]: () => {
      for (const signal of Object.keys(SIGNAL_CODES)) process.removeListener(signal, interrupted)
    },
  }
}

function tellEnd(command: string, code: number, output: ErrorOutput): void {
  const { exitCode } = process
  const isCalled = exitCode === code
  // A run that was going on has said more about itself, and set it.
  const isSaid = exitCode !== undefined && !isCalled
  const answered = isCalled || isSaid ? answer(code) : undefined
  if (answered !== undefined) {
    if (isCalled) process.exitCode = answered
    return
  }
  // Who ends with a code of his own has said why to people.
  const isChosen = code !== 0 && code !== UNSETTLED
  if ((isSaid || isChosen) && (!output.json || hasPrinted())) return
  const called = `code that it loaded called process.exit(${isChosen ? code : ''})`
  const problem = isCalled || isSaid ? called : 'it waits for what nothing can bring about'
  const error = cairnError('CAIRN_COMMAND_ENDED', { command, problem })
  if (isSaid) printErrorJson(lostRun() ?? error)
  else printError(lostRun() ?? error, output)
  if (!isSaid && !isChosen) process.exitCode = error.exitCode
}

/** From the first command of a process on: what is left of one may throw when it has ended. */
function watchErrors(command: string, output: ErrorOutput): void {
  if (isWatched) return
  isWatched = true
  process.on('uncaughtExceptionMonitor', (cause: unknown) => {
    if (process.listenerCount('uncaughtException') > 0) return
    const error = isCairnError(cause) ? cause : uncaughtError(command, cause)
    printError(error, { ...output, json: output.json && !hasPrinted() })
    leave(error.exitCode)
  })
}

function uncaughtError(command: string, cause: unknown): ReturnType<typeof cairnError> {
  const { code, message } = errorRecord(cause)
  const problem = `${code} ${message}`.trim().replace(/\.$/, '')
  return cairnError('CAIRN_ERROR_UNCAUGHT', { where: `Code that \`cairn ${command}\` loaded`, problem }, { cause })
}
