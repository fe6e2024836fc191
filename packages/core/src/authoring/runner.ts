import type { PipelineDefinition } from './definition.ts'
import type { RunOptions, Run } from './run-types.ts'

/** What runs pipelines in this process; the package `cairnml` supplies it. */
export interface Runner {
  run(pipeline: PipelineDefinition, args: Readonly<Record<string, unknown>>, options: RunOptions): Promise<Run>
  /** Told of every pipeline that is defined. */
  defined?(pipeline: PipelineDefinition): void
}

const RUNNER = Symbol.for('cairnml/runner')
// One place for all copies of this package in the process, so that a pipeline of any copy finds the engine.
const place = globalThis as { [RUNNER]?: Runner | undefined }

/** The runner of this process, if one was set. */
export function currentRunner(): Runner | undefined {
  return place[RUNNER]
}

/** Sets the runner of this process and returns the one before. */
export function setRunner(runner: Runner | undefined): Runner | undefined {
  const before = place[RUNNER]
  place[RUNNER] = runner
  return before
}
