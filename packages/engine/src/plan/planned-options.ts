import { shownUrl, toTaggedJson, type Json } from '@cairnml/core'
import type { GraphNode, PipelineOptions, StepOptions, StepOverrides } from '@cairnml/core'

import type { KeyFunction } from '../declared/observation.ts'
import type { PlannedInvocation } from './plan.ts'

/** The options in force for one invocation: the run's, else the step's, else those of the nearest pipeline. */
export interface OptionsInForce extends Pick<PlannedInvocation, 'options' | 'declaresOutside'> {
  /** Its own key function, which stays in this process. */
  readonly key: KeyFunction | undefined
}

const OUTSIDE = ['files', 'urls', 'env'] as const

/**
 * Joins the options that concern one invocation. Settings of components are left out: the stack says what they are for.
 *
 * @param defaults of the project
 */
export function plannedOptions(node: GraphNode, overrides: StepOverrides, defaults: StepOptions = {}): OptionsInForce {
  const inForce = node.pipelineOptions.map(inherited)
  const layers: readonly StepOptions[] = [defaults, ...inForce, node.step.options, overrides]
  const merged: StepOptions & { params?: unknown } = Object.assign({}, ...layers) as StepOptions
  const {
    onStart: _start,
    onSuccess: _success,
    onFailure: _failure,
    cache,
    key,
    params: _params,
    settings: _settings,
    ...options
  } = merged
  const declares = OUTSIDE.some((name) => options[name] !== undefined && options[name].length > 0)
  return {
    options,
    key,
    declaresOutside: declares || key !== undefined || options.expires !== undefined || cache !== undefined,
  }
}

/** Options as they are recorded, where there are any: URLs may hold passwords and tokens. */
export function recordedOptions({ options, settings }: PlannedInvocation): Json | undefined {
  const { urls } = options
  const plain = urls === undefined ? options : { ...options, urls: urls.map(shownUrl) }
  const recorded = Object.entries(plain).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, toTaggedJson(value)] as const],
  )
  if (settings !== undefined) recorded.push(['settings', { [settings.for]: settings.values }])
  return recorded.length === 0 ? undefined : Object.fromEntries(recorded)
}

/** What a pipeline's options mean for its steps. Tags are those of the run. */
function inherited(options: PipelineOptions): StepOptions {
  const { tags: _tags, failureMode: _mode, ...rest } = options
  return rest
}
