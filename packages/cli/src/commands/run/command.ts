import { Console } from 'node:console'
import type { EventEmitter } from 'node:events'

import { isCairnError, isRunFailedError, setRunner, type Run } from '@cairnml/core'

import type { Command, CommandEnvironment } from '../../command.ts'
import { RUN_HELP } from '../../help.ts'
import { printError } from '../../output/print-error.ts'
import type { SubCommands } from '../../sub-commands.ts'
import { choosePipeline, exportsPipeline } from './choose-pipeline.ts'
import { loadFile } from './load-file.ts'
import { printRun } from './print-run.ts'
import { runCall, type RunCall } from './run-call.ts'
import { parseRunFlags, type RunFlags } from './run-flags.ts'
import { RunSession } from './run-session.ts'

/** The commands on past runs by their names; none is loaded before it is called. */
export const RUN_COMMANDS: SubCommands = {
  list: async () => (await import('../run-list/command.ts')).runListCommand,
  show: async () => (await import('../run-show/command.ts')).runShowCommand,
  compare: async () => (await import('../run-compare/command.ts')).runCompareCommand,
  logs: async () => (await import('../run-logs/command.ts')).runLogsCommand,
}

/** `cairn run`: loads a file and runs one of its pipelines, or lets the file run it; or a command on past runs. */
export const runCommand: Command = async (argv, environment) => {
  const [first, ...rest] = argv
  // A file of such a name is `./list`.
  const past = first !== undefined && Object.hasOwn(RUN_COMMANDS, first) ? RUN_COMMANDS[first] : undefined
  if (past !== undefined) return (await past())(rest, environment)
  const flags = parseRunFlags(argv)
  if (flags.help) {
    process.stdout.write(RUN_HELP)
    return 0
  }
  // What the file prints must not get between the lines of JSON.
  if (flags.json) globalThis.console = new Console(process.stderr)
  return runFile(flags, environment)
}

const PLAIN = { json: false, debug: false }

async function runFile(flags: RunFlags, environment: CommandEnvironment): Promise<number> {
  const call = await runCall(flags)
  const session = new RunSession(call, environment)
  setRunner(session)
  process.on('unhandledRejection', alreadyPrinted)
  try {
    const run = await Promise.race([runLoaded(session, call), session.ended])
    if (run !== undefined && flags.json) printRun(run)
    await report(run?.name, flags, environment)
    return leaveIf(session.isAbandoned, run?.status === 'failed' ? 1 : 0)
  } catch (error) {
    const isInJson = flags.json && isRunFailedError(error)
    if (isInJson) printRun(error.run)
    printError(error, { json: flags.json && !isInJson, debug: flags.debug })
    await report(runOf(error), flags, environment).catch((late: unknown) => printError(late, PLAIN))
    // A step that ignores its signal would keep the process alive.
    const leaves = session.isAbandoned || isCairnError(error, 'CAIRN_RUN_CANCELLED') || wasUncaught(error)
    return leaveIf(leaves, isCairnError(error) ? error.exitCode : 2)
  }
}

/** Writes the report of a run that has ended, where one is wanted. */
async function report(run: string | undefined, flags: RunFlags, environment: CommandEnvironment): Promise<void> {
  if (run === undefined || flags.report === undefined) return
  const { writeReport } = await import('./write-report.ts')
  await writeReport(run, flags, environment)
}

/** The name of the run that an error is about, if it was recorded. */
function runOf(error: unknown): string | undefined {
  if (isRunFailedError(error)) return error.run.name
  return isCairnError(error, 'CAIRN_RUN_CANCELLED') ? String(error.details['run']) : undefined
}

/** Loads the file; the run is the one that it makes, or else that of its exported pipeline. */
async function runLoaded(session: RunSession, { file, pipeline }: RunCall): Promise<Run | undefined> {
  const exports = await loadFile(file)
  // A main function that nobody awaits may still be on its way to run(): a file that exports nothing has to have one.
  if (session.taken === undefined && !exportsPipeline(exports)) await session.takenOrIdle()
  if (session.taken !== undefined) return session.taken
  const { definitions } = session
  return session.start(choosePipeline({ file, name: pipeline, exports, definitions }), {}, {})
}

/** A file that nobody catches errors in passes the run's error on; the command prints it once. */
function alreadyPrinted(reason: unknown): void {
  if (isCairnError(reason)) return
  // Thrown from here it would be nobody's; as an event it still belongs to the step that made the promise.
  const events: EventEmitter = process
  const isHeard = events.emit('uncaughtException', reason, 'unhandledRejection')
  if (!isHeard) throw reason
}

/** Whether a step, or the program, has threads of work that nobody controls: they may throw again. */
function wasUncaught(error: unknown): boolean {
  const isDirect = isCairnError(error, 'CAIRN_ERROR_UNCAUGHT')
  return isDirect || (isRunFailedError(error) && isCairnError(error.cause, 'CAIRN_ERROR_UNCAUGHT'))
}

/** Where something may wait for ever, the process has to be ended. */
function leaveIf(isAbandoned: boolean, code: number): number {
  if (isAbandoned) process.exit(code)
  return code
}
