import type { PipelineDefinition, StepDefinition } from '../authoring/definition.ts'
import type { CallOptions } from '../authoring/options.ts'

type Given = Readonly<Record<string, unknown>>

/** How a step is called while a pipeline is built. */
export interface StepCall {
  readonly args: Given
  readonly options: CallOptions
  /** The function that the user called: the frame above it is the place of the call. */
  readonly below: Function
  /** The role, where the step fills a slot. */
  readonly slot?: string
}

/** How a pipeline is called while another one is built. */
export interface PipelineCall {
  readonly args: Given
  readonly options: { readonly id?: string }
  /** The function that the user called. */
  readonly below: Function
}

/** What steps and pipelines talk to when they are called inside `build`. */
export interface Build {
  /** Adds an invocation and returns its handles in the form that the step declares. */
  addStep(definition: StepDefinition, call: StepCall): unknown
  /** Inlines a pipeline and returns what its `build` returned. */
  addPipeline(definition: PipelineDefinition, call: PipelineCall): unknown
}

const CURRENT = Symbol.for('cairnml/current-build')
// One place for all copies of this package in the process: a step of one copy may be called in a build of another.
const place = globalThis as { [CURRENT]?: Build | undefined }

/** The build that is going on, if any. Builds are synchronous, so there is at most one. */
export function currentBuild(): Build | undefined {
  return place[CURRENT]
}

/** Runs a function with a build going on. */
export function withBuild<T>(build: Build, run: () => T): T {
  const before = place[CURRENT]
  place[CURRENT] = build
  try {
    return run()
  } finally {
    place[CURRENT] = before
  }
}
