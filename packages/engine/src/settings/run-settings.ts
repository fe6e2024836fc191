import {
  CACHE_MODES,
  cairnError,
  checkedStepOptions,
  FAILURE_MODES,
  isSettings,
  PROGRESS_MODES,
  nearestName,
  type CacheMode,
  type FailureMode,
  type Graph,
  type ProgressMode,
  type RunOptions,
  type Settings,
  type StepOverrides,
} from '@cairnml/core'

import { fillRunName } from './run-name.ts'

/** Changes to steps, by step name or invocation id. */
export type StepLayer = Readonly<Record<string, StepOverrides>>

/** The options of a run, checked against its graph. */
export interface RunSettings {
  readonly name: string | undefined
  readonly substitutions: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  /** What the run itself says of the cache; `undefined` leaves it to steps and pipelines. */
  readonly cache: CacheMode | undefined
  readonly refresh: ReadonlySet<string>
  readonly failureMode: FailureMode
  /** What the run says to components of all steps. */
  readonly settings?: Settings | undefined
  /** What holds for steps that say nothing of it, nor their pipelines. */
  readonly defaults?: Pick<StepOverrides, 'undeclared'> | undefined
  /** Changes by step name or invocation id; later layers win. */
  readonly layers: readonly StepLayer[]
  readonly progress: ProgressMode
}

const RUN_OPTIONS: readonly (keyof RunOptions)[] = [
  'name',
  'substitutions',
  'stack',
  'tags',
  'cache',
  'refresh',
  'steps',
  'settings',
  'failureMode',
  'reject',
  'signal',
  'log',
  'progress',
]

/**
 * Checks the options of a run.
 *
 * @throws CAIRN_RUN_OPTION_INVALID, CAIRN_RUN_OPTION_UNKNOWN, CAIRN_INVOCATION_UNKNOWN, CAIRN_NAME_INVALID
 */
export function runSettings(graph: Graph, options: RunOptions, environment: NodeJS.ProcessEnv): RunSettings {
  for (const name of Object.keys(options)) {
    if (RUN_OPTIONS.some((known) => known === name)) continue
    const nearest = nearestName(name, RUN_OPTIONS)
    throw cairnError('CAIRN_RUN_OPTION_UNKNOWN', { where: 'The options of run()', name, nearest })
  }
  assertSignal(options.signal)
  assertName(graph, options)
  const { failureMode = graph.pipeline.options.failureMode ?? 'stop-on-failure' } = options
  assertOneOf('failureMode', failureMode, FAILURE_MODES)
  const refresh = options.refresh ?? []
  for (const id of refresh) assertKnown(graph, id, 'refresh')
  return {
    name: options.name,
    substitutions: options.substitutions ?? {},
    tags: [...(graph.pipeline.options.tags ?? []), ...(options.tags ?? [])],
    cache: cacheMode(options.cache ?? environmentMode(environment)),
    refresh: new Set(refresh),
    failureMode,
    settings: componentSettings(options.settings),
    layers: options.steps === undefined ? [] : [checkedLayer(graph, options.steps)],
    progress: progressMode(options.progress ?? environment['CAIRN_PROGRESS']),
  }
}

/**
 * Checks changes to steps.
 *
 * @throws CAIRN_RUN_OPTION_INVALID, CAIRN_RUN_OPTION_UNKNOWN, CAIRN_INVOCATION_UNKNOWN
 */
export function checkedLayer(graph: Graph, steps: StepLayer): StepLayer {
  const checked = Object.entries(steps).map(([id, override]) => {
    assertKnown(graph, id, 'steps')
    return [id, checkedOverrides(`steps.${id}`, override)] as const
  })
  return Object.fromEntries(checked)
}

/**
 * What the run says about one invocation: the last layer that does, there by its id, else by the name of its step.
 * Parameters are taken one by one.
 */
export function overridesOf(
  { layers }: Pick<RunSettings, 'layers'>,
  of: { readonly id: string; readonly step: string },
): StepOverrides {
  if (layers.length === 0) return NOTHING
  const said = saidOf({ layers }, of)
  const params = Object.assign({}, ...said.map((one) => one.params)) as Readonly<Record<string, unknown>>
  return Object.assign({}, ...said, Object.keys(params).length > 0 ? { params } : {}) as StepOverrides
}

/** All that the run says about one invocation: what counts less comes first. */
export function saidOf(
  { layers }: Pick<RunSettings, 'layers'>,
  of: { readonly id: string; readonly step: string },
): readonly StepOverrides[] {
  return layers.flatMap((layer) =>
    [of.step, of.id].flatMap((name) => (Object.hasOwn(layer, name) ? [layer[name] ?? {}] : [])),
  )
}

const NOTHING: StepOverrides = {}

/** The checked changes to one step, without what was given as `undefined`. */
function checkedOverrides(where: string, given: StepOverrides): StepOverrides {
  assertObject(where, given)
  const options = checkedStepOptions(where, given, ['params'])
  if (given.params === undefined) return options
  assertObject(`${where}.params`, given.params)
  const params = Object.entries(given.params).filter(([, value]) => value !== undefined)
  return { ...options, params: Object.fromEntries(params) }
}

function assertObject(option: string, given: unknown): void {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return
  const value = JSON.stringify(given) ?? typeof given
  throw cairnError('CAIRN_RUN_OPTION_INVALID', { option, value, expected: 'an object' })
}

function environmentMode(environment: NodeJS.ProcessEnv): string | undefined {
  const mode = environment['CAIRN_CACHE']
  return mode === '' ? undefined : mode
}

function componentSettings(given: unknown): Settings | undefined {
  if (given === undefined || isSettings(given)) return given
  throw cairnError('CAIRN_RUN_OPTION_INVALID', {
    option: 'settings',
    value: JSON.stringify(given) ?? typeof given,
    expected: 'settings by component: { kubernetes: { ... } }',
  })
}

function cacheMode(given: unknown): CacheMode | undefined {
  if (given === undefined) return undefined
  if (typeof given === 'boolean') return given ? 'on' : 'off'
  assertOneOf('cache', given, CACHE_MODES)
  return given
}

function progressMode(given: string | undefined): ProgressMode {
  if (given === undefined || given === '') return 'auto'
  assertOneOf('progress', given, PROGRESS_MODES)
  return given
}

function assertOneOf<T extends string>(option: string, given: unknown, known: readonly T[]): asserts given is T {
  if (known.some((mode) => mode === given)) return
  throw cairnError('CAIRN_RUN_OPTION_INVALID', {
    option,
    value: JSON.stringify(given) ?? 'undefined',
    expected: known.join(', '),
  })
}

/** The run takes its name when it begins; one that cannot be is refused before anything is opened. */
function assertName({ pipeline }: Graph, { name, substitutions = {} }: RunOptions): void {
  if (name !== undefined) fillRunName(name, { pipeline: pipeline.name, substitutions, nowMs: Date.now() })
}

function assertSignal(signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return
  throw cairnError('CAIRN_RUN_OPTION_INVALID', { option: 'signal', value: typeof signal, expected: 'an AbortSignal' })
}

function assertKnown(graph: Graph, id: string, option: string): void {
  if (graph.nodes.some((node) => node.id === id || node.step.name === id)) return
  const known = graph.nodes.flatMap((node) => [node.id, node.step.name])
  const details = { pipeline: graph.pipeline.name, id, option: `The option ${option}`, nearest: nearestName(id, known) }
  throw cairnError('CAIRN_INVOCATION_UNKNOWN', details)
}
