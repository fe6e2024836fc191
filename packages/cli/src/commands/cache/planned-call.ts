import { cairnError, type PipelineDefinition, type Run, type RunOptions, type Runner } from '@cairnml/core'

import { choosePipeline, exportsPipeline } from '../run/choose-pipeline.ts'
import { loadFile } from '../run/load-file.ts'

/** A run that a file would make. */
export interface PlannedCall {
  readonly pipeline: PipelineDefinition
  readonly args: Readonly<Record<string, unknown>>
  readonly options: RunOptions
}

/** Stands in for the engine while a file is loaded, and notes the run that it asks for instead of running it. */
export class CallCatcher implements Runner {
  readonly #definitions: PipelineDefinition[] = []
  readonly #caught = Promise.withResolvers<PlannedCall>()
  readonly #file: string
  readonly #name: string | undefined
  #isCaught = false

  /** @param name of the pipeline that is meant; without one it is the first that runs */
  constructor(file: string, name?: string) {
    this.#file = file
    this.#name = name
  }

  /** Whether the file waits for ever for a run that nobody does. */
  get isCaught(): boolean {
    return this.#isCaught
  }

  defined(pipeline: PipelineDefinition): void {
    this.#definitions.push(pipeline)
  }

  run(pipeline: PipelineDefinition, args: PlannedCall['args'], options: RunOptions): Promise<Run> {
    if (this.#name === undefined || pipeline.name === this.#name) {
      this.#isCaught = true
      this.#caught.resolve({ pipeline, args, options })
    } else this.#onOther(this.#name)
    return new Promise<never>(() => undefined)
  }

  /**
   * Loads the file and gives the run that it makes of the pipeline, or else one of the pipeline without arguments.
   *
   * @throws what loading a file and choosing its pipeline throw
   */
  async load(): Promise<PlannedCall> {
    const file = this.#file
    const loaded = loadFile(file).then(async (exports): Promise<PlannedCall> => {
      if (!exportsPipeline(exports) && !this.#isCaught) await this.#idle()
      if (this.#isCaught) return this.#caught.promise
      const pipeline = choosePipeline({ file, name: this.#name, exports, definitions: this.#definitions })
      return { pipeline, args: {}, options: {} }
    })
    return Promise.race([loaded, this.#caught.promise])
  }

  /** Another pipeline runs first and would wait for ever: the one that is meant is taken as it is defined. */
  #onOther(name: string): void {
    this.#isCaught = true
    const pipeline = this.#definitions.findLast((definition) => definition.name === name)
    if (pipeline !== undefined) return this.#caught.resolve({ pipeline, args: {}, options: {} })
    const known = [...new Set(this.#definitions.map((definition) => definition.name))]
    this.#caught.reject(cairnError('CAIRN_PIPELINE_UNKNOWN', { file: this.#file, name, known }))
  }

  /** Resolves when a run was asked for, or when nothing is left in the process that could ask. */
  #idle(): Promise<unknown> {
    const idle = new Promise((resolve) => process.once('beforeExit', resolve))
    return Promise.race([idle, this.#caught.promise])
  }
}
