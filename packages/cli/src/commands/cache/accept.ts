import nodePath from 'node:path'

import { isCairnError, setRunner } from '@cairnml/core'
import { changesText } from '@cairnml/core/explain'
import { acceptProposed, proposeAcceptance, type AcceptanceProposal } from '@cairnml/engine'

import type { Command, CommandEnvironment } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { confirm } from '../../output/confirm.ts'
import { leave } from '../../output/early-end.ts'
import { printError } from '../../output/print-error.ts'
import { formatCount } from '../../output/quantities.ts'
import { cliParams } from '../run/cli-params.ts'
import { parseParam } from '../run/given-param.ts'
import { mergedOptions } from '../run/merged-options.ts'
import { runTarget } from '../run/run-target.ts'
import { ACCEPT_HELP } from './cache-help.ts'
import { CallCatcher } from './planned-call.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn cache accept`. */
export const ACCEPT_OPTIONS = {
  pipeline: { type: 'string' },
  param: { type: 'string', short: 'p', multiple: true },
  reason: { type: 'string' },
  force: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

interface AcceptFlags {
  readonly file: string
  readonly step: string
  readonly pipeline: string | undefined
  readonly params: readonly string[]
  readonly reason: string | undefined
  readonly stack: string | undefined
  readonly force: boolean
  readonly dryRun: boolean
  readonly yes: boolean
  readonly json: boolean
  readonly debug: boolean
}

/** `cairn cache accept`: keeps the nearest earlier result of a step under its new key. */
export const acceptCommand: Command = async (argv, environment) => {
  const flags = acceptFlags(argv)
  if (flags === undefined) {
    standardOutput().write(ACCEPT_HELP)
    return 0
  }
  const target = await runTarget(flags)
  const catcher = new CallCatcher(target.file, target.pipeline)
  setRunner(catcher)
  try {
    const code = await acceptIn(catcher, { ...flags, ...target }, environment)
    if (catcher.isCaught) leave(code)
    return code
  } catch (error) {
    if (!catcher.isCaught) throw error
    printError(error, flags)
    process.exit(isCairnError(error) ? error.exitCode : 2)
  }
}

function acceptFlags(argv: readonly string[]): AcceptFlags | undefined {
  const { values, positionals } = parseFlags(argv, ACCEPT_OPTIONS)
  if (values.help === true) return undefined
  const [file, step, extra] = positionals
  if (file === undefined || step === undefined) {
    throw usageError('`cairn cache accept` needs the file of a pipeline and the name of a step.')
  }
  if (extra !== undefined) throw usageError(`\`cairn cache accept\` takes a file and a step; "${extra}" is too much.`)
  return {
    file,
    step,
    pipeline: values.pipeline,
    params: values.param ?? [],
    reason: values.reason,
    stack: values.stack,
    force: values.force === true,
    dryRun: values['dry-run'] === true,
    yes: values.yes === true,
    json: values.json === true,
    debug: values.debug === true,
  }
}

async function acceptIn(catcher: CallCatcher, flags: AcceptFlags, environment: CommandEnvironment): Promise<number> {
  const { step, force, reason, json, dryRun } = flags
  const { pipeline, args, options } = await catcher.load()
  const params = cliParams(
    pipeline,
    args,
    flags.params.map((one) => parseParam(one)),
  )
  const proposed = await proposeAcceptance({
    pipeline,
    args: params,
    options: mergedOptions(options, flags.stack === undefined ? {} : { stack: flags.stack }),
    environment: { ...environment, entry: nodePath.resolve(flags.file) },
    step,
    force,
  })
  if (!json) standardOutput().write(proposalText(proposed))
  if (dryRun || proposed.steps.length === 0) return json ? printJson(proposed, flags) : 0
  const question = `Accept ${formatCount(proposed.steps.length, 'earlier result', 'earlier results')}?`
  if (!(await confirm(question, flags))) {
    standardOutput().write('Nothing was accepted.\n')
    return 0
  }
  await acceptProposed(proposed, reason)
  if (json) return printJson(proposed, flags)
  const labels = proposed.steps.map(({ label }) => label).join(', ')
  standardOutput().write(`Accepted. The next run reuses the earlier result of ${labels} and says so.\n`)
  return 0
}

function proposalText({ steps, reused }: AcceptanceProposal): string {
  const lines = reused.map((label) => `Step ${label} is reused as it is; there is nothing to accept.`)
  for (const { label, earlier } of steps) {
    const { producer, run, endedAt } = earlier.entry
    const at = new Date(endedAt).toISOString().slice(0, 16).replace('T', ' ')
    lines.push(`Step ${label}: the result of run ${run.name} (${producer.user}@${producer.host}, ${at} UTC).`)
    lines.push(`  What differs: ${changesText(earlier.changes)}.`)
  }
  if (lines.length === 0) lines.push('The step is skipped in this run; there is nothing to accept.')
  return lines.map((line) => `${line}\n`).join('')
}

function printJson({ steps, reused }: AcceptanceProposal, { dryRun, reason }: AcceptFlags): number {
  const accepted = steps.map(({ label, key, earlier }) => ({
    step: label,
    key,
    from: { entry: earlier.entry.id, key: earlier.entry.key, run: earlier.entry.run },
    changes: earlier.changes,
  }))
  const facts = {
    format: 'cairn.cache-accept/1',
    dryRun,
    accepted,
    reused,
    ...(reason === undefined ? {} : { reason }),
  }
  standardOutput().write(`${JSON.stringify(facts)}\n`)
  return 0
}
