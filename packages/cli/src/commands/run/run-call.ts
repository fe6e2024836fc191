import type { RunOptions } from '@cairnml/core'
import type { RunConfig } from '@cairnml/core/config'

import { givenParam, parseParam, type GivenParam } from './given-param.ts'
import { mergedOptions } from './merged-options.ts'
import type { RunFlags } from './run-flags.ts'
import { runTarget } from './run-target.ts'

/** What a command line asks for, with the files read that it names. */
export interface RunCall extends Pick<RunFlags, 'plan' | 'json' | 'stepParams'> {
  readonly file: string
  readonly pipeline: string | undefined
  /** Above those of the code: of the configuration file first, then of the command line. */
  readonly params: readonly GivenParam[]
  /** Parameters of the pipeline that the configuration file gives. */
  readonly configParams: Readonly<Record<string, unknown>>
  readonly config: RunConfig | undefined
  /** Parameters that the command line itself gives. */
  readonly flagged: readonly GivenParam[]
  /** Above those of the code. */
  readonly options: RunOptions
}

/**
 * Reads the configuration of the project and of the run, sets the variables of their files, and finds the file.
 *
 * @throws the codes of configuration, CAIRN_PARAMETER_SYNTAX, CAIRN_PIPELINE_UNLISTED, CAIRN_PIPELINE_FILES
 */
export async function runCall(flags: RunFlags): Promise<RunCall> {
  const { params, textParams, stepParams, plan, json } = flags
  const flagged = [...params.map((one) => parseParam(one)), ...textParams.map((one) => parseParam(one, 'text'))]
  const target = await runTarget(flags, flags.envFiles)
  const config = flags.config === undefined ? undefined : await readRunConfig(flags.config)
  const fromConfig = (config?.textParams ?? []).map(({ path, text }) => givenParam(path, { text }))
  return {
    ...target,
    params: [...fromConfig, ...flagged],
    configParams: config?.values.params ?? {},
    flagged,
    stepParams,
    config,
    options: mergedOptions(configOptions(config), flags.options),
    plan,
    json,
  }
}

async function readRunConfig(file: string): Promise<RunConfig> {
  const { loadRunConfig } = await import('@cairnml/core/config')
  return loadRunConfig(file)
}

/** The options of a run that a configuration file gives; parameters and changes to steps go other ways. */
function configOptions(config: RunConfig | undefined): RunOptions {
  const { $schema: _schema, params: _params, steps: _steps, ...options } = config?.values ?? {}
  return options
}
