import type { GraphNode, PipelineOptions, StepOptions, StepOverrides } from '@cairnml/core'

import type { PlannedInvocation } from './plan.ts'

/** The options in force for one invocation: the run's, else the step's, else those of the nearest pipeline. */
export function plannedOptions(node: GraphNode, overrides: StepOverrides): PlannedInvocation['options'] {
  const layers: readonly StepOptions[] = [...node.pipelineOptions.map(inherited), node.step.options, overrides]
  const merged: StepOptions & { params?: unknown } = Object.assign({}, ...layers) as StepOptions
  const { onStart: _start, onSuccess: _success, onFailure: _failure, cache: _cache, params: _params, ...plain } = merged
  return plain
}

/** What a pipeline's options mean for its steps. Tags are those of the run. */
function inherited(options: PipelineOptions): StepOptions {
  const { tags: _tags, failureMode: _mode, ...rest } = options
  return rest
}
