import nodePath from 'node:path'

import { cairnError, type PipelineDefinition, type Run, type RunOptions, type Runner } from '@cairnml/core'
import type { RunRequest } from '@cairnml/engine'

import type { CommandEnvironment } from '../../command.ts'
import { cliParams } from './cli-params.ts'
import { configFault } from './config-fault.ts'
import { mergedOptions } from './merged-options.ts'
import type { RunCall } from './run-call.ts'
import { stepLayers } from './step-layers.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Stands in for the engine while the command loads a file. The first `.run()` of the pipeline that is meant is the run
 * of the command, its flags and configuration file above the options in the file; later ones run as they are written.
 */
export class RunSession implements Runner {
  /** The run of the command, where it came to its end although the file is still being loaded. */
  readonly ended: Promise<Run | undefined>
  readonly #definitions: PipelineDefinition[] = []
  readonly #call: RunCall
  readonly #environment: CommandEnvironment & { readonly entry: string }
  #end: (run: Promise<Run | undefined>) => void = () => undefined
  #isAbandoned = false
  #onTaken: () => void = () => undefined
  #taken: Promise<Run | undefined> | undefined

  constructor(call: RunCall, environment: CommandEnvironment) {
    this.#call = call
    this.#environment = { ...environment, entry: nodePath.resolve(call.file) }
    this.ended = new Promise((resolve) => (this.#end = resolve))
  }

  /** Every pipeline that was defined while the file was loaded. */
  get definitions(): readonly PipelineDefinition[] {
    return this.#definitions
  }

  /** The run of the command, once there is one; `undefined` in it means that it was only planned. */
  get taken(): Promise<Run | undefined> | undefined {
    return this.#taken
  }

  /** Resolves when there is a run of the command, or when nothing is left in the process that could make one. */
  takenOrIdle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onTaken = resolve
      process.once('beforeExit', () => resolve())
    })
  }

  /** Whether the rest of the file is left undone: it waits for ever for a run that was not wanted. */
  get isAbandoned(): boolean {
    return this.#isAbandoned
  }

  defined(pipeline: PipelineDefinition): void {
    this.#definitions.push(pipeline)
  }

  async run(pipeline: PipelineDefinition, args: Given, options: RunOptions): Promise<Run> {
    if (this.#taken !== undefined) return this.#start({ pipeline, args, options, environment: this.#environment })
    const { pipeline: wanted, plan } = this.#call
    const meant = wanted === undefined || pipeline.name === wanted ? pipeline : this.#definition(wanted)
    const isOwn = meant === pipeline
    const run = isOwn ? this.start(meant, args, options) : this.start(meant, {}, {})
    // Sound: only a plan ends without a run.
    if (isOwn && !plan) return run as Promise<Run>
    this.#isAbandoned = true
    this.#end(run)
    return new Promise<never>(() => undefined)
  }

  /** Starts the run of the command, or plans it. */
  start(pipeline: PipelineDefinition, args: Given, options: RunOptions): Promise<Run | undefined> {
    const { config, flagged } = this.#call
    this.#taken = this.#startOwn(pipeline, args, options).catch((error: unknown) => {
      throw configFault(
        error,
        config,
        flagged.map(({ path }) => path),
      )
    })
    this.#onTaken()
    return this.#taken
  }

  #definition(name: string): PipelineDefinition {
    const found = this.#definitions.findLast((pipeline) => pipeline.name === name)
    if (found !== undefined) return found
    const known = [...new Set(this.#definitions.map((pipeline) => pipeline.name))]
    throw cairnError('CAIRN_PIPELINE_UNKNOWN', { file: this.#call.file, name, known })
  }

  async #startOwn(pipeline: PipelineDefinition, args: Given, code: RunOptions): Promise<Run | undefined> {
    const { configParams, params, config, stepParams, plan, json } = this.#call
    const { steps } = code
    const request: RunRequest = {
      pipeline,
      args: cliParams(pipeline, { ...args, ...configParams }, params),
      options: mergedOptions(code, this.#call.options),
      changes: (graph) => stepLayers(graph, { steps, config, stepParams }),
      environment: this.#environment,
    }
    if (!plan) return this.#start(request)
    const { planPipeline } = await import('@cairnml/engine')
    const { printPlan } = await import('./print-plan.ts')
    printPlan(await planPipeline(request), json)
    return undefined
  }

  async #start(request: RunRequest): Promise<Run> {
    const { runPipeline } = await import('@cairnml/engine')
    const options = this.#call.json ? { ...request.options, log: printToStandardError } : request.options
    return runPipeline({ ...request, options })
  }
}

function printToStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}
