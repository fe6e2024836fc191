import type { ClientOptions } from '@cairnml/client'
import { isCairnError, isRunFailedError } from '@cairnml/core'

import type { Command, CommandEnvironment } from '../../command.ts'
import { RUN_HELP } from '../../help.ts'
import { answerAtExit } from '../../output/early-end.ts'
import { printError } from '../../output/print-error.ts'
import type { SubCommands } from '../../sub-commands.ts'
import { answerOf } from './exit-answer.ts'
import { leaveAfter, leaveIf } from './leave-after.ts'
import { performRun } from './perform-run.ts'
import { printRun } from './print-run.ts'
import { runCall } from './run-call.ts'
import { mergedOptions } from './merged-options.ts'
import { parseRunFlags, type RunFlags } from './run-flags.ts'
import { runLoaded } from './run-loaded.ts'
import { RunSession } from './run-session.ts'
import { reserveStandardOutput, standardOutput } from '../../output/standard-output.ts'

/** The commands on past runs by their names; none is loaded before it is called. */
export const RUN_COMMANDS: SubCommands = {
  list: async () => (await import('../run-list/command.ts')).runListCommand,
  show: async () => (await import('../run-show/command.ts')).runShowCommand,
  compare: async () => (await import('../run-compare/command.ts')).runCompareCommand,
  sync: async () => (await import('../run-sync/command.ts')).runSyncCommand,
  logs: async () => (await import('../run-logs/command.ts')).runLogsCommand,
  rm: async () => (await import('../run-rm/command.ts')).runRmCommand,
}

/** `cairn run`: loads a file and runs one of its pipelines, or lets the file run it; or a command on past runs. */
export const runCommand: Command = async (argv, environment) => {
  const [first, ...rest] = argv
  // A file of such a name is `./list`.
  const past = first !== undefined && Object.hasOwn(RUN_COMMANDS, first) ? RUN_COMMANDS[first] : undefined
  if (past !== undefined) {
    reserveStandardOutput()
    return (await past())(rest, environment)
  }
  const flags = parseRunFlags(argv)
  if (flags.help) {
    standardOutput().write(RUN_HELP)
    return 0
  }
  return runFile(flags, environment)
}

/** Where the run is recorded that a report is about. */
type ReportedFrom = Pick<ClientOptions, 'stack' | 'fallbackDirs'>

const PLAIN = { json: false, debug: false }

async function runFile(flags: RunFlags, environment: CommandEnvironment): Promise<number> {
  if (flags.report !== undefined) (await import('./report-file.ts')).assertReportFile(flags.report)
  const call = await runCall(flags)
  // Only the run itself tells on which stack it is.
  const at: { stack?: ReportedFrom['stack']; readonly fallbackDirs: readonly string[] } = {
    fallbackDirs: environment.fallbackDirs,
  }
  const session = new RunSession({
    call,
    environment,
    givesRun: !call.plan,
    perform: (found) => {
      at.stack = mergedOptions(found.options, call.options).stack
      return performRun(found, call, environment)
    },
  })
  if (!flags.plan && flags.report === undefined)
    answerAtExit((code) => answerOf(session.outcome, { code, json: flags.json }))
  try {
    const run = await runLoaded(session, call)
    if (run !== undefined && flags.json) printRun(run)
    await report(run?.name, flags, at)
    return leaveIf(session.isAbandoned, run?.status === 'failed' ? 1 : 0)
  } catch (error) {
    const isInJson = flags.json && isRunFailedError(error)
    if (isInJson) printRun(error.run)
    printError(error, { json: flags.json && !isInJson, debug: flags.debug })
    await report(runOf(error), flags, at).catch((late: unknown) => printError(late, PLAIN))
    return leaveAfter(error, session.isAbandoned)
  }
}

/** Writes the report of a run that has ended, where one is wanted. */
async function report(run: string | undefined, flags: RunFlags, at: ReportedFrom): Promise<void> {
  if (run === undefined || flags.report === undefined) return
  const { writeReport } = await import('./write-report.ts')
  await writeReport(run, flags, at)
}

/** The name of the run that an error is about, if it was recorded. */
function runOf(error: unknown): string | undefined {
  if (isRunFailedError(error)) return error.run.name
  return isCairnError(error, 'CAIRN_RUN_CANCELLED') ? String(error.details['run']) : undefined
}
