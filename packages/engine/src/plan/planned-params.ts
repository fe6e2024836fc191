import {
  toTaggedJson,
  validateParams,
  type GraphNode,
  type Json,
  type PlainObject,
  type StepOverrides,
} from '@cairnml/core'

/** Parameters as they are given, the run's word last. */
export function givenParams(node: GraphNode, overrides: StepOverrides): Readonly<Record<string, unknown>> {
  return { ...node.params, ...overrides.params }
}

/**
 * The validated parameters of an invocation, or `undefined` while the value of one of them is still to come.
 *
 * @throws the codes of the parameter area
 */
export function plannedParams(
  node: GraphNode,
  overrides: StepOverrides,
  pipeline: string,
): { readonly [name: string]: Json } | undefined {
  const open = Object.keys(node.paramSources).some((name) => overrides.params?.[name] === undefined)
  if (open) return undefined
  return encodeParams(validateParams(node.step.params, givenParams(node, overrides), paramsOwner(node, pipeline)))
}

/** How errors name whose parameters are wrong. */
export function paramsOwner(node: GraphNode, pipeline: string): string {
  return `Step "${node.id}" of pipeline "${pipeline}"`
}

/** Validated parameters as tagged JSON, one by one. */
export function encodeParams(params: PlainObject): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, toTaggedJson(value)]])),
  )
}
