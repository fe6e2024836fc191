import nodePath from 'node:path'

import type { PipelineDefinition, RunOptions } from '@cairnml/core'
import type { RunRequest } from '@cairnml/engine'

import type { CommandEnvironment } from '../../command.ts'
import { cliParams } from './cli-params.ts'
import { mergedOptions } from './merged-options.ts'
import type { RunCall } from './run-call.ts'
import { stepLayers } from './step-layers.ts'

/** A run that a file makes, or would make of the pipeline that it exports. */
export interface FoundRun {
  readonly pipeline: PipelineDefinition
  /** What the file says. */
  readonly args: Readonly<Record<string, unknown>>
  readonly options: RunOptions
}

/**
 * What is asked of the engine: a run of a file, with what the command line and its configuration file say above it.
 *
 * @throws the codes of the parameter area
 */
export function runRequest(
  { pipeline, args, options }: FoundRun,
  call: RunCall,
  environment: CommandEnvironment,
): RunRequest {
  const { configParams, params, config, stepParams } = call
  const { steps } = options
  return {
    pipeline,
    args: cliParams(pipeline, { ...args, ...configParams }, params),
    options: mergedOptions(options, call.options),
    changes: (graph) => stepLayers(graph, { steps, config, stepParams }),
    environment: { ...environment, entry: nodePath.resolve(call.file) },
  }
}
