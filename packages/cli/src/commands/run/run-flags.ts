import {
  CACHE_MODES,
  FAILURE_MODES,
  PROGRESS_MODES,
  type CacheMode,
  type FailureMode,
  type ProgressMode,
  type RunOptions,
} from '@cairnml/core'

import { parseFlags, usageError } from '../../flags/parse-flags.ts'

/** What a command line says of a run. */
export interface RunFlags {
  readonly help: boolean
  /** Or the name of a pipeline. */
  readonly file: string
  readonly pipeline: string | undefined
  /** `NAME=VALUE` as given. */
  readonly params: readonly string[]
  /** The same, whose values are text. */
  readonly textParams: readonly string[]
  /** `STEP.NAME=VALUE` as given. */
  readonly stepParams: readonly string[]
  /** A run configuration. */
  readonly config: string | undefined
  readonly envFiles: readonly string[]
  readonly plan: boolean
  /** Where the report of the run goes. */
  readonly report: string | undefined
  readonly json: boolean
  readonly debug: boolean
  /** Options of the run that were given; they win over those in the file. */
  readonly options: RunOptions
}

/** Every option of `cairn run`, as `parseArgs` takes them. */
export const RUN_OPTIONS = {
  param: { type: 'string', short: 'p', multiple: true },
  'param-text': { type: 'string', multiple: true },
  'step-param': { type: 'string', multiple: true },
  config: { type: 'string' },
  'env-file': { type: 'string', multiple: true },
  stack: { type: 'string' },
  name: { type: 'string' },
  substitution: { type: 'string', multiple: true },
  cache: { type: 'string' },
  'no-cache': { type: 'boolean' },
  force: { type: 'boolean' },
  refresh: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  'failure-mode': { type: 'string' },
  progress: { type: 'string' },
  'no-live': { type: 'boolean' },
  plan: { type: 'boolean' },
  report: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Reads the command line of `cairn run`.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function parseRunFlags(argv: readonly string[]): RunFlags {
  const { values, positionals } = parseFlags(argv, RUN_OPTIONS)
  return runFlags('run', values, positionals)
}

/** The values of the options of `cairn run`. */
export type RunValues = ReturnType<typeof parseFlags<typeof RUN_OPTIONS>>['values']

/**
 * What the options of a command that runs a file say.
 *
 * @param command names it in errors
 * @throws CAIRN_COMMAND_USAGE
 */
export function runFlags(command: string, values: RunValues, positionals: readonly string[]): RunFlags {
  const [file, pipeline, extra] = positionals
  if (file === undefined && values.help !== true)
    throw usageError(
      `\`cairn ${command}\` needs the file of a pipeline, or its name where cairn.yaml says \`pipelines\`.`,
    )
  if (extra !== undefined) throw usageError(`\`cairn ${command}\` takes a file and a pipeline; "${extra}" is too much.`)
  if (values.tag?.includes('') === true) throw usageError('--tag cannot be empty.')
  const cache = cacheMode(values)
  const failureMode = oneOf<FailureMode>('--failure-mode', values['failure-mode'], FAILURE_MODES)
  const progress = progressMode(values)
  return {
    help: values.help === true,
    file: file ?? '',
    pipeline,
    params: values.param ?? [],
    textParams: values['param-text'] ?? [],
    stepParams: values['step-param'] ?? [],
    config: values.config,
    envFiles: values['env-file'] ?? [],
    plan: values.plan === true,
    report: values.report,
    json: values.json === true,
    debug: values.debug === true,
    options: {
      ...(values.name === undefined ? {} : { name: values.name }),
      ...(values.substitution === undefined ? {} : { substitutions: substitutions(values.substitution) }),
      ...(values.stack === undefined ? {} : { stack: values.stack }),
      ...(cache === undefined ? {} : { cache }),
      ...(values.refresh === undefined ? {} : { refresh: values.refresh }),
      ...(values.tag === undefined ? {} : { tags: values.tag }),
      ...(failureMode === undefined ? {} : { failureMode }),
      ...(progress === undefined ? {} : { progress }),
    },
  }
}

function cacheMode(values: { cache?: string; 'no-cache'?: boolean; force?: boolean }): CacheMode | undefined {
  const said = [
    ...(values.cache === undefined ? [] : [oneOf<CacheMode>('--cache', values.cache, CACHE_MODES)]),
    ...(values['no-cache'] === true ? ['off' as const] : []),
    ...(values.force === true ? ['write' as const] : []),
  ]
  if (new Set(said).size > 1) throw usageError('--cache, --no-cache and --force contradict one another.')
  return said[0]
}

function substitutions(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const at = text.indexOf('=')
    if (at <= 0) throw usageError(`--substitution takes NAME=VALUE; "${text}" is none.`)
    return [text.slice(0, at), text.slice(at + 1)] as const
  })
  return Object.fromEntries(pairs)
}

function progressMode(values: { progress?: string; 'no-live'?: boolean }): ProgressMode | undefined {
  const said = oneOf<ProgressMode>('--progress', values.progress, PROGRESS_MODES)
  if (values['no-live'] !== true) return said
  if (said === 'live') throw usageError('--no-live and --progress live contradict one another.')
  return 'plain'
}

/**
 * The value of an option that has only so many.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function oneOf<T extends string>(option: string, given: string | undefined, known: readonly T[]): T | undefined {
  if (given === undefined) return undefined
  const found = known.find((value) => value === given)
  if (found !== undefined) return found
  throw usageError(`${option} cannot be "${given}"; it is one of ${known.join(', ')}.`)
}
