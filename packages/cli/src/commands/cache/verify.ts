import { randomBytes } from 'node:crypto'
import nodePath from 'node:path'

import { isCairnError, setRunner } from '@cairnml/core'
import { outputText } from '@cairnml/core/explain'
import { verifyCache, type EngineEnvironment, type VerifiedStep, type VerifyReport } from '@cairnml/engine'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { parseSample } from '../../flags/parse-sample.ts'
import { leave } from '../../output/early-end.ts'
import { printError } from '../../output/print-error.ts'
import { formatCount } from '../../output/quantities.ts'
import { cliParams } from '../run/cli-params.ts'
import { parseParam } from '../run/given-param.ts'
import { mergedOptions } from '../run/merged-options.ts'
import { runTarget } from '../run/run-target.ts'
import { VERIFY_HELP } from './cache-help.ts'
import { CallCatcher } from './planned-call.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** Every option of `cairn cache verify`. */
export const VERIFY_OPTIONS = {
  pipeline: { type: 'string' },
  param: { type: 'string', short: 'p', multiple: true },
  sample: { type: 'string' },
  seed: { type: 'string' },
  step: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const DEFAULT_SAMPLE = '5%'

type Values = ReturnType<typeof parseFlags<typeof VERIFY_OPTIONS>>['values']

/** `cairn cache verify`: executes a sample of reusable results again and compares the bytes. */
export const verifyCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, VERIFY_OPTIONS)
  if (values.help === true) {
    standardOutput().write(VERIFY_HELP)
    return 0
  }
  const [file, extra] = positionals
  if (file === undefined) throw usageError('`cairn cache verify` needs the file of a pipeline.')
  if (extra !== undefined) throw usageError(`\`cairn cache verify\` takes one file; "${extra}" is too much.`)
  const target = await runTarget({ file, pipeline: values.pipeline })
  const catcher = new CallCatcher(target.file, target.pipeline)
  setRunner(catcher)
  try {
    const code = await verifyIn(catcher, values, { ...environment, entry: nodePath.resolve(target.file) })
    if (catcher.isCaught) leave(code)
    return code
  } catch (error) {
    if (!catcher.isCaught) throw error
    printError(error, { json: values.json === true, debug: values.debug === true })
    process.exit(isCairnError(error) ? error.exitCode : 2)
  }
}

async function verifyIn(catcher: CallCatcher, values: Values, environment: EngineEnvironment): Promise<number> {
  const sample = parseSample(values.sample ?? DEFAULT_SAMPLE)
  const seed = values.seed ?? randomBytes(4).toString('hex')
  const { pipeline, args, options } = await catcher.load()
  const request = {
    pipeline,
    args: cliParams(
      pipeline,
      args,
      (values.param ?? []).map((one) => parseParam(one)),
    ),
    options: mergedOptions(options, values.stack === undefined ? {} : { stack: values.stack }),
    environment,
    sample,
    seed,
    step: values.step,
  }
  if (values.json === true) {
    const report = await verifyCache(request)
    standardOutput().write(`${JSON.stringify({ format: 'cairn.verification/1', seed, ...report })}\n`)
    return exitCode(report)
  }
  const report = await verifyCache({ ...request, onVerified: (step) => standardOutput().write(`${lineOf(step)}\n`) })
  standardOutput().write(`${summaryOf(report, seed)}\n`)
  return exitCode(report)
}

function lineOf({ label, state, outputs, run, problem, accepted }: VerifiedStep): string {
  if (state === 'same') return `Step ${label} gives the bytes that run ${run} kept.`
  if (state === 'failed') return `Step ${label} failed when it was executed again: ${problem}`
  if (state === 'unverifiable') return `Step ${label} cannot be verified: ${problem}.`
  const which = outputs.length > 1 ? `outputs ${outputs.join(', ')} differ` : `${outputText(outputs.join(''))} differs`
  if (accepted === undefined) return `Step ${label} is not deterministic: ${which} from what run ${run} kept.`
  const why = accepted.reason === undefined ? '' : ` (${accepted.reason})`
  return (
    `Step ${label} gives something else than the result that was accepted for it: ${which} from entry ` +
    `${accepted.from} of run ${run}, which ${accepted.by} accepted${why}.`
  )
}

function summaryOf({ reusable, steps }: VerifyReport, seed: string): string {
  if (reusable === 0) return 'Nothing to verify: a run would reuse no result.'
  const bad = steps.filter(isBad).length
  const left = steps.filter(({ state }) => state === 'unverifiable').length
  const found = bad === 0 ? 'none differs' : `${bad} ${bad === 1 ? 'does' : 'do'} not hold`
  const results = formatCount(reusable, 'reusable result', 'reusable results')
  const rest = left === 0 ? '' : `; ${left} cannot be verified`
  return `Verified ${steps.length - left} of ${results} (seed ${seed}): ${found}${rest}.`
}

function exitCode({ steps }: VerifyReport): number {
  return steps.some(isBad) ? 1 : 0
}

function isBad({ state }: VerifiedStep): boolean {
  return state === 'differs' || state === 'failed'
}
