import {
  interruptExitCode,
  onInterrupt,
  pushArtifacts,
  type Interrupt,
  type PushReport,
  type PushRequest,
} from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { print, printJson } from '../../output/print.ts'
import { ProgressLine } from '../../output/progress-line.ts'
import { ARTIFACT_PUSH_HELP } from './artifact-help.ts'
import { progressText, pushText, refusedText } from './push-text.ts'
import { pushedNames } from './pushed-names.ts'

/** Every option of `cairn artifact push`. */
export const ARTIFACT_PUSH_OPTIONS = {
  to: { type: 'string' },
  all: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn artifact push`: results of one stack for another one. */
export const artifactPushCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, ARTIFACT_PUSH_OPTIONS)
  if (values.help === true) {
    print(ARTIFACT_PUSH_HELP)
    return 0
  }
  const { to, stack, all = false, json = false, 'dry-run': dryRun = false } = values
  if (to === undefined) throw usageError('`cairn artifact push` needs --to and the stack that is to have the results.')
  if (all && positionals.length > 0)
    throw usageError('--all and runs or artifacts that are named contradict one another.')
  const named = positionals.length === 0 ? undefined : await pushedNames(positionals, { environment, stack })
  const pushed = await interruptible({ environment, stack, to, dryRun, what: all ? 'all' : named }, json)
  if (typeof pushed === 'string') return interruptExitCode(pushed)
  if (json) printJson('cairn.push/1', { dryRun, ...pushed })
  else print(pushText(pushed, dryRun))
  if (!json) process.stderr.write(refusedText(pushed))
  return pushed.refused.length === 0 ? 0 : 1
}

/** Pushes until it is done or a signal comes; then it gives the signal. */
async function interruptible(request: PushRequest, json: boolean): Promise<PushReport | Interrupt> {
  const abort = new AbortController()
  let by: Interrupt | undefined
  using _subscription = onInterrupt((signal) => {
    by = signal
    abort.abort()
  })
  try {
    using line = new ProgressLine(process.stderr, { isWanted: !json })
    return await pushArtifacts({
      ...request,
      signal: abort.signal,
      onProgress: (progress) => line.show(() => progressText(progress)),
    })
  } catch (error) {
    if (by === undefined) throw error
    process.stderr.write('Stopped. What was copied is whole and stays; the same command copies the rest.\n')
    return by
  }
}
