import {
  shownUrl,
  toTaggedJson,
  type GraphNode,
  type Json,
  type PipelineOptions,
  type StepOptions,
  type StepOverrides,
} from '@cairnml/core'

import type { KeyFunction } from '../declared/observation.ts'
import type { RunSettings } from '../settings/run-settings.ts'
import type { PlannedInvocation } from './plan.ts'

/** The options of one invocation. */
export interface PlannedOptions extends Pick<PlannedInvocation, 'options' | 'declaresOutside'> {
  /** Its own key function, which stays in this process. */
  readonly key: KeyFunction | undefined
}

const OUTSIDE = ['files', 'urls', 'env'] as const

/** The options in force in a run: the run's, else the step's, else those of the nearest pipeline. */
export class OptionsInForce {
  readonly #settings: RunSettings
  /** Those of steps that the run says nothing about: a step may be called thousands of times. */
  readonly #shared = new Map<GraphNode['step'], Shared>()

  constructor(settings: RunSettings) {
    this.#settings = settings
  }

  /**
   * Those of one invocation.
   *
   * @throws CAIRN_VALUE_NOT_PLAIN
   */
  of(node: GraphNode, overrides: StepOverrides): PlannedOptions {
    const { defaults, layers } = this.#settings
    if (layers.length > 0) return joined(node, overrides, defaults)
    const { step, pipelineOptions } = node
    const known = this.#shared.get(step)
    if (known?.pipelineOptions === pipelineOptions) return known.options
    const options = joined(node, overrides, defaults)
    this.#shared.set(step, { pipelineOptions, options })
    return options
  }
}

interface Shared {
  /** Those around the invocation that it was made for. */
  readonly pipelineOptions: readonly PipelineOptions[]
  readonly options: PlannedOptions
}

/** Settings of components are left out: the stack says what they are for. */
function joined(node: GraphNode, overrides: StepOverrides, defaults: StepOptions = {}): PlannedOptions {
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
  toTaggedJson(options, `The options of step "${node.id}"`)
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
  if (settings !== undefined) recorded.push(['settings', recordedSettings(settings)])
  return recorded.length === 0 ? undefined : Object.fromEntries(recorded)
}

/** Settings by the type of the component, or by its place where two have the same type. */
function recordedSettings(settings: NonNullable<PlannedInvocation['settings']>): Json {
  const given = Object.entries(settings).flatMap(([port, one]) => (one === undefined ? [] : [{ port, ...one }]))
  const isShared = given.length > 1 && given.every((one) => one.for === given[0]?.for)
  return Object.fromEntries(given.map((one) => [isShared ? one.port : one.for, one.values]))
}

/** What a pipeline's options mean for its steps. Tags are those of the run. */
function inherited(options: PipelineOptions): StepOptions {
  const { tags: _tags, failureMode: _mode, ...rest } = options
  return rest
}
