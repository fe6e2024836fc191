import { errorRecord } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { printError } from '../../output/print-error.ts'
import { plainText } from '../../output/plain-text.ts'
import { print, printJson } from '../../output/print.ts'
import { leaveAfter, leaveIf, wasUncaught } from '../run/leave-after.ts'
import { runCall } from '../run/run-call.ts'
import { runLoaded } from '../run/run-loaded.ts'
import type { FoundRun } from '../run/run-request.ts'
import { RunSession } from '../run/run-session.ts'
import { checkSweep } from './check-sweep.ts'
import { planSweep } from './plan-sweep.ts'
import { runSweep } from './run-sweep.ts'
import { parseSweepFlags, type SweepFlags } from './sweep-flags.ts'
import { SWEEP_HELP } from './sweep-help.ts'
import { sweepJson } from './sweep-json.ts'
import { progressLine, sweepSummary, sweepTable } from './sweep-text.ts'
import { plannedSweep, type Sweep } from './sweep.ts'
import type { SweptRun } from './swept-run.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** `cairn sweep`: loads a file and runs one of its pipelines once for each combination of values. */
export const sweepCommand: Command = async (argv, environment) => {
  // Values that cannot be read are no reason not to print the help.
  if (argv.includes('--help') || argv.includes('-h')) {
    print(SWEEP_HELP)
    return 0
  }
  const flags = parseSweepFlags(argv)
  const { json, debug } = flags.run
  const call = await runCall(flags.run)
  const perform = async (found: FoundRun): Promise<Outcome> => {
    const sweep = plannedSweep(found, { flags, call, environment })
    await checkSweep(sweep)
    return flags.run.plan ? planned(sweep, flags) : carriedOut(sweep, flags)
  }
  const session = new RunSession({ call, environment, givesRun: false, perform })
  try {
    const { code, leaves } = await runLoaded(session, call)
    return leaveIf(session.isAbandoned || leaves, code)
  } catch (error) {
    printError(error, { json, debug })
    return leaveAfter(error, session.isAbandoned)
  }
}

interface Outcome {
  readonly code: number
  /** Whether a step may go on although nobody waits for it. */
  readonly leaves: boolean
}

async function planned(sweep: Sweep, { run }: SweepFlags): Promise<Outcome> {
  await planSweep(sweep, run)
  return { code: 0, leaves: false }
}

async function carriedOut(sweep: Sweep, flags: SweepFlags): Promise<Outcome> {
  const { json } = flags.run
  const say = (text: string): void => void (json ? process.stderr : standardOutput()).write(text)
  const of = sweep.runs.length
  say(introduction(sweep, flags))
  const { runs, interrupted } = await runSweep(sweep, {
    ...flags,
    onEnd: (run, done) => {
      say(progressLine(run, { done, of }))
      if (run.status === 'failed') process.stderr.write(failure(run.error))
    },
  })
  if (json) printJson('cairn.sweep/1', sweepJson(sweep, runs, flags))
  else print(`\n${sweepTable(runs, flags)}\n${sweepSummary(runs, sweep.tag, flags)}`)
  const isFailed = runs.some(({ status }) => status === 'failed')
  return { code: interrupted ?? (isFailed ? 1 : 0), leaves: runs.some(mayGoOn) }
}

function introduction({ pipeline, tag, runs }: Sweep, { sample }: SweepFlags): string {
  const seed = sample === undefined ? '' : `, a sample with seed ${sample.seed}`
  return `Sweep ${tag} of pipeline ${pipeline}: ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${seed}\n`
}

/** One line: what to do is the same for all, and said by `cairn run`. */
function failure(error: unknown): string {
  const { code, message } = errorRecord(error)
  return `  ${code}: ${plainText(message)}\n`
}

function mayGoOn({ status, error }: SweptRun): boolean {
  return status === 'cancelled' || wasUncaught(error)
}
