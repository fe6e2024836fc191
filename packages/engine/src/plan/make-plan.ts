import {
  assertIgnored,
  isHandle,
  isOptional,
  needsOf,
  portTypeName,
  structureDigest,
  toTaggedJson,
  type ArtifactSource,
  type ExternalData,
  type Graph,
  type GraphNode,
  type Port,
  type Settings,
} from '@cairnml/core'

import type { KeyFunction } from '../declared/observation.ts'
import { overridesOf, saidOf, type RunSettings } from '../settings/run-settings.ts'
import { cacheUse } from './cache-use.ts'
import type { Plan, PlannedInvocation, PlannedSource } from './plan.ts'
import { OptionsInForce } from './planned-options.ts'
import { plannedParams } from './planned-params.ts'

/** A plan and what stays in this process: the steps' functions and the data from outside. */
export interface LivePlan {
  readonly plan: Plan
  readonly graph: Graph
  readonly nodes: ReadonlyMap<string, GraphNode>
  readonly externals: readonly ExternalData[]
  /** By invocation all that is said to components of stacks: what counts less comes first. */
  readonly settings: ReadonlyMap<string, readonly Settings[]>
  /** Own key functions by invocation. */
  readonly keys: ReadonlyMap<string, KeyFunction>
}

/**
 * Makes the plan of a run from its graph: parameters validated, options resolved, everything that can be wrong refused.
 *
 * @throws the codes of the parameter area
 */
export function makePlan(graph: Graph, settings: RunSettings): LivePlan {
  const externals = new Map<ExternalData, number>()
  const keys = new Map<string, KeyFunction>()
  const labels = labelsOf(graph)
  const options = new OptionsInForce(settings)
  const invocations = graph.nodes.map((node, position) =>
    planInvocation(node, { graph, settings, externals, keys, position, label: labels(node), options }),
  )
  // Data that goes straight through has to be stored, too, or the result of the run could not be loaded.
  for (const source of returnedSources(graph.result)) plannedSource(source, externals)
  const plan: Plan = {
    pipeline: graph.pipeline.name,
    structure: structureDigest(graph),
    params: toTaggedJson(graph.params),
    tags: settings.tags,
    cacheMode: settings.cache,
    cachingEnabled: settings.cache === undefined ? graph.pipeline.options.cache !== false : settings.cache !== 'off',
    failureMode: settings.failureMode,
    invocations,
    externals: [...externals.keys()].map((data) => ({ type: portTypeName(data.type) })),
  }
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const said = new Map(graph.nodes.map((node) => [node.id, settingsOf(node, settings)]))
  return { plan, graph, nodes, settings: said, keys, externals: [...externals.keys()] }
}

/** The run's word on a step beats its word on all, which beats the step's, which beats that of the nearest pipeline. */
function settingsOf(node: GraphNode, settings: RunSettings): readonly Settings[] {
  const { pipelineOptions, step } = node
  const said = saidOf(settings, { id: node.id, step: step.name })
  const layers: readonly { readonly settings?: Settings | undefined }[] = [
    ...pipelineOptions,
    step.options,
    settings,
    ...said,
  ]
  return layers.map((layer) => layer.settings).filter((one) => one !== undefined)
}

interface PlanningContext {
  readonly graph: Graph
  readonly settings: RunSettings
  readonly externals: Map<ExternalData, number>
  readonly keys: Map<string, KeyFunction>
  readonly position: number
  readonly label: string
  readonly options: OptionsInForce
}

function planInvocation(node: GraphNode, context: PlanningContext): PlannedInvocation {
  const overrides = overridesOf(context.settings, { id: node.id, step: node.step.name })
  const { options, key, declaresOutside } = context.options.of(node, overrides)
  assertIgnored(`Step "${node.step.name}"`, overrides.ignore, {
    params: node.step.params,
    inputs: node.step.ports.inputs,
  })
  if (key !== undefined) context.keys.set(node.id, key)
  const planned = (source: ArtifactSource): PlannedSource => plannedSource(source, context.externals)
  const waitsFor = needsOf(node)
  return {
    id: node.id,
    step: node.step.name,
    slot: node.slot,
    label: context.label,
    position: context.position,
    params: plannedParams(node, overrides, context.graph.pipeline.name),
    paramSources: mapValues(node.paramSources, ({ source }) => planned(source)),
    inputs: mapValues(node.inputs, (input) =>
      'source' in input ? planned(input.source) : input.map(({ source }) => planned(source)),
    ),
    requires: needsAll(node) ? waitsFor : requiredBy(node),
    waitsFor,
    when: node.when === undefined ? undefined : planned(node.when.source),
    cache: cacheUse(node, overrides, context.settings),
    declaresOutside,
    options,
  }
}

function plannedSource(source: ArtifactSource, externals: Map<ExternalData, number>): PlannedSource {
  if (source.kind === 'output') return source
  const known = externals.get(source.data)
  const external = known ?? externals.size
  if (known === undefined) externals.set(source.data, external)
  return { kind: 'external', external }
}

/** Whether a node cannot do without the data of anything that it waits for. */
function needsAll({ after, inputs, step: { ports } }: GraphNode): boolean {
  return after.length === 0 && !Object.keys(inputs).some((name) => isOptionalPort(ports.inputs[name]))
}

function isOptionalPort(port: Port | undefined): boolean {
  return port !== undefined && isOptional(port)
}

/** The invocations whose data a node cannot do without: all but those of optional inputs. */
function requiredBy(node: GraphNode): readonly string[] {
  const required = Object.entries(node.inputs).flatMap(([name, input]) => {
    return isOptionalPort(node.step.ports.inputs[name]) ? [] : [input].flat()
  })
  const sources = [...required, ...Object.values(node.paramSources), ...(node.when === undefined ? [] : [node.when])]
  const ids = sources.flatMap(({ source }) => (source.kind === 'output' ? [source.invocation] : []))
  return [...new Set(ids)]
}

/** The sources of all handles in what `build` returned. */
function returnedSources(returned: unknown): readonly ArtifactSource[] {
  if (isHandle(returned)) return returned.source === undefined ? [] : [returned.source]
  return typeof returned === 'object' && returned !== null ? Object.values(returned).flatMap(returnedSources) : []
}

function labelsOf(graph: Graph): (node: GraphNode) => string {
  const counts = new Map<string, number>()
  for (const { step } of graph.nodes) counts.set(step.name, (counts.get(step.name) ?? 0) + 1)
  return (node) =>
    (counts.get(node.step.name) ?? 0) > 1 && node.id !== node.step.name
      ? `${node.step.name} (${node.id})`
      : node.step.name
}

function mapValues<T, U>(of: Readonly<Record<string, T>>, map: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]))
}
