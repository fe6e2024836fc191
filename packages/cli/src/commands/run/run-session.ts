import nodePath from 'node:path'

import { cairnError, type PipelineDefinition, type Run, type RunOptions, type Runner } from '@cairnml/core'

import type { CommandEnvironment } from '../../command.ts'
import { configFault } from './config-fault.ts'
import type { RunCall } from './run-call.ts'
import type { FoundRun } from './run-request.ts'
import { startRun } from './start-run.ts'

type Given = Readonly<Record<string, unknown>>

/** What a command does with the run that it finds in a file. */
export interface RunWork<T> {
  readonly call: RunCall
  readonly environment: CommandEnvironment
  /** Whether it gives the run, with which the file goes on; else the rest of the file is left undone. */
  readonly givesRun: boolean
  perform(found: FoundRun): Promise<T>
}

/** How the work of a command ended. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown }

/**
 * Stands in for the engine while the command loads a file. The first `.run()` of the pipeline that is meant is the run
 * of the command, its flags and configuration file above the options in the file; later ones run as they are written.
 */
export class RunSession<T> implements Runner {
  /** The work of the command, where it came to its end although the file is still being loaded. */
  readonly ended: Promise<T>
  readonly #definitions: PipelineDefinition[] = []
  readonly #work: RunWork<T>
  #end: (done: Promise<T>) => void = () => undefined
  #isAbandoned = false
  #onTaken: () => void = () => undefined
  #taken: Promise<T> | undefined
  #outcome: Outcome<T> | undefined

  constructor(work: RunWork<T>) {
    this.#work = work
    this.ended = new Promise((resolve) => (this.#end = resolve))
  }

  /** Every pipeline that was defined while the file was loaded. */
  get definitions(): readonly PipelineDefinition[] {
    return this.#definitions
  }

  /** What the work of the command gives, once it has begun. */
  get taken(): Promise<T> | undefined {
    return this.#taken
  }

  /** How the work of the command ended, once it has. */
  get outcome(): Outcome<T> | undefined {
    return this.#outcome
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
    const { call, environment, givesRun } = this.#work
    if (this.#taken !== undefined) {
      const entry = nodePath.resolve(call.file)
      return startRun({ pipeline, args, options, environment: { ...environment, entry } }, call)
    }
    const { pipeline: wanted } = call
    const meant = wanted === undefined || pipeline.name === wanted ? pipeline : this.#definition(wanted)
    const isOwn = meant === pipeline
    const done = isOwn ? this.start(meant, args, options) : this.start(meant, {}, {})
    // Sound: this work gives the run.
    if (isOwn && givesRun) return done as Promise<unknown> as Promise<Run>
    this.#isAbandoned = true
    this.#end(done)
    return new Promise<never>(() => undefined)
  }

  /** Starts the work of the command. */
  start(pipeline: PipelineDefinition, args: Given, options: RunOptions): Promise<T> {
    const { config, flagged } = this.#work.call
    this.#taken = this.#perform({ pipeline, args, options }).catch((error: unknown) => {
      throw configFault(
        error,
        config,
        flagged.map(({ path }) => path),
      )
    })
    // The first who waits for it: when the file goes on, this is known.
    this.#taken.then(
      (value) => (this.#outcome = { value }),
      (error: unknown) => (this.#outcome = { error }),
    )
    this.#onTaken()
    return this.#taken
  }

  async #perform(found: FoundRun): Promise<T> {
    return this.#work.perform(found)
  }

  #definition(name: string): PipelineDefinition {
    const found = this.#definitions.findLast((pipeline) => pipeline.name === name)
    if (found !== undefined) return found
    const known = [...new Set(this.#definitions.map((pipeline) => pipeline.name))]
    throw cairnError('CAIRN_PIPELINE_UNKNOWN', { file: this.#work.call.file, name, known })
  }
}
