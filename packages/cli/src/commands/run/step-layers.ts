import { cairnError, nearestName, type Graph, type GraphNode, type RunOptions } from '@cairnml/core'
import type { RunConfig } from '@cairnml/core/config'
import type { StepLayer } from '@cairnml/engine'

import { givenParam, parseParam, type GivenParam } from './given-param.ts'
import { readParams } from './read-params.ts'

/** What a command line and its configuration file say of steps. */
export interface SaidOfSteps {
  /** In the code. */
  readonly steps: RunOptions['steps']
  readonly config: RunConfig | undefined
  /** `STEP.NAME=VALUE` as given. */
  readonly stepParams: readonly string[]
}

/**
 * Changes to steps from outside of the code: those of the configuration file, and above them those of the command line.
 *
 * @throws CAIRN_PARAMETER_SYNTAX, CAIRN_PARAMETER_UNKNOWN, CAIRN_INVOCATION_UNKNOWN
 */
export function stepLayers(graph: Graph, { steps = {}, config, stepParams }: SaidOfSteps): readonly StepLayer[] {
  const layers = config === undefined ? [] : [configLayer(graph, config, steps)]
  return stepParams.length === 0 ? layers : [...layers, flagLayer(graph, stepParams, [steps, ...layers])]
}

function configLayer(graph: Graph, { values, textStepParams }: RunConfig, steps: StepLayer): StepLayer {
  const layer = Object.entries(values.steps ?? {}).map(([id, changes]) => {
    const given = (textStepParams[id] ?? []).map(({ path, text }) => givenParam(path, { text }))
    const node = nodeOf(graph, id)
    if (node === undefined || given.length === 0) return [id, changes] as const
    return [
      id,
      { ...changes, params: read({ node, below: [steps, { [id]: changes }] }, changes.params ?? {}, given) },
    ] as const
  })
  return Object.fromEntries(layer)
}

function flagLayer(graph: Graph, stepParams: readonly string[], below: readonly StepLayer[]): StepLayer {
  const byStep = new Map<string, GivenParam[]>()
  for (const given of stepParams) {
    const { id, param } = splitStepParam(graph, given)
    byStep.set(id, [...(byStep.get(id) ?? []), param])
  }
  const layer = [...byStep].map(([id, given]) => {
    const node = nodeOf(graph, id)
    return [id, node === undefined ? {} : { params: read({ node, below }, {}, given) }] as const
  })
  return Object.fromEntries(layer)
}

/** Names of steps may hold dots: the longest that fits is meant. */
function splitStepParam(graph: Graph, given: string): { readonly id: string; readonly param: GivenParam } {
  if (given.indexOf('=') <= 0) throw cairnError('CAIRN_PARAMETER_SYNTAX', { given, isOfStep: true })
  const { path, text } = parseParam(given)
  const names = graph.nodes.flatMap((node) => [node.id, node.step.name])
  for (let length = path.length - 1; length > 0; length--) {
    const id = path.slice(0, length).join('.')
    if (names.includes(id)) return { id, param: givenParam(path.slice(length), { text, given }) }
  }
  const [id = ''] = path
  if (path.length === 1) throw cairnError('CAIRN_PARAMETER_SYNTAX', { given, isOfStep: true })
  const nearest = nearestName(id, names)
  throw cairnError('CAIRN_INVOCATION_UNKNOWN', { pipeline: graph.pipeline.name, id, option: '--step-param', nearest })
}

type Values = Readonly<Record<string, unknown>>

/** Reads what was given above all that is said below it; only the parameters that it names are changes. */
function read(
  { node, below }: { readonly node: GraphNode; readonly below: readonly StepLayer[] },
  params: Values,
  given: readonly GivenParam[],
): Values {
  const said = below.flatMap((layer) => [layer[node.step.name]?.params, layer[node.id]?.params])
  const owner = { schema: node.step.params, where: `Step "${node.id}"` }
  const all = readParams(owner, Object.assign({}, node.params, ...said) as Values, given)
  const changed = new Set([...Object.keys(params), ...given.map(({ path }) => path[0])])
  return Object.fromEntries(Object.entries(all).filter(([name]) => changed.has(name)))
}

function nodeOf(graph: Graph, name: string): GraphNode | undefined {
  return graph.nodes.find((node) => node.id === name) ?? graph.nodes.find((node) => node.step.name === name)
}
