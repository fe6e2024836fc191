import nodePath from 'node:path'

import { cairnError, type PipelineDefinition, type Run, type RunOptions, type Runner } from '@cairnml/core'

import type { CommandEnvironment } from '../../command.ts'
import { cliParams } from './cli-params.ts'
import type { RunFlags } from './run-flags.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Stands in for the engine while the command loads a file. The first `.run()` of the pipeline that is meant is the run
 * of the command, its flags above the options in the file; later ones run as they are written.
 */
export class RunSession implements Runner {
  /** The run of the command, where it came to its end although the file is still being loaded. */
  readonly ended: Promise<Run | undefined>
  readonly #definitions: PipelineDefinition[] = []
  readonly #flags: RunFlags
  readonly #environment: CommandEnvironment & { readonly entry: string }
  #end: (run: Promise<Run | undefined>) => void = () => undefined
  #isAbandoned = false
  #onTaken: () => void = () => undefined
  #taken: Promise<Run | undefined> | undefined

  constructor(flags: RunFlags, environment: CommandEnvironment) {
    this.#flags = flags
    this.#environment = { ...environment, entry: nodePath.resolve(flags.file) }
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
    if (this.#taken !== undefined) return this.#start(pipeline, args, options)
    const { pipeline: wanted, plan } = this.#flags
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
    const given = { ...options, ...this.#flags.options }
    this.#taken = this.#flags.plan ? this.#plan(pipeline, args, given) : this.#startOwn(pipeline, args, given)
    this.#onTaken()
    return this.#taken
  }

  #definition(name: string): PipelineDefinition {
    const found = this.#definitions.findLast((pipeline) => pipeline.name === name)
    if (found !== undefined) return found
    const known = [...new Set(this.#definitions.map((pipeline) => pipeline.name))]
    throw cairnError('CAIRN_PIPELINE_UNKNOWN', { file: this.#flags.file, name, known })
  }

  async #startOwn(pipeline: PipelineDefinition, args: Given, options: RunOptions): Promise<Run> {
    return this.#start(pipeline, cliParams(pipeline, args, this.#flags.params), options)
  }

  async #start(pipeline: PipelineDefinition, args: Given, given: RunOptions): Promise<Run> {
    const { runPipeline } = await import('@cairnml/engine')
    const options = this.#flags.json ? { ...given, log: printToStandardError } : given
    return runPipeline({ pipeline, args, options, environment: this.#environment })
  }

  async #plan(pipeline: PipelineDefinition, args: Given, options: RunOptions): Promise<undefined> {
    const { planPipeline } = await import('@cairnml/engine')
    const { printPlan } = await import('./print-plan.ts')
    const params = cliParams(pipeline, args, this.#flags.params)
    printPlan(await planPipeline({ pipeline, args: params, options, environment: this.#environment }), this.#flags.json)
    return undefined
  }
}

function printToStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}
