import type { PipelineDefinition } from '../authoring/definition.ts'
import { isHandle } from '../authoring/handle.ts'
import { validateParams } from '../authoring/params.ts'
import { unfilledSlots } from '../authoring/slot-callables.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { nearestName } from '../names/nearest.ts'
import { withBuild } from './current-build.ts'
import type { Graph } from './graph.ts'
import { callBuild, GraphBuilder } from './graph-builder.ts'
import { inOrder } from './in-order.ts'
import { wireInput } from './wire-input.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Runs the build function of a pipeline once, with handles in place of values, and collects what it joins.
 *
 * @throws the codes of the authoring and parameter areas; nothing has happened by then
 */
export function buildGraph(definition: PipelineDefinition, args: Given): Graph {
  const missing = unfilledSlots(definition)
  if (missing.length > 0) throw cairnError('CAIRN_SLOT_UNFILLED', { pipeline: definition.name, slots: missing })
  const where = `Pipeline "${definition.name}"`
  const builder = new GraphBuilder(definition)
  const { params: given, inputs } = splitArgs(definition, args, where)
  const params = validateParams(definition.params, given, where)
  for (const [name, port] of Object.entries(definition.inputs)) {
    wireInput(inputs[name], { where, name, port, build: builder })
  }
  const result = withBuild(builder, () => callBuild(definition, { ...params, ...inputs }))
  return { pipeline: definition, params, nodes: inOrder(definition.name, builder.nodes), result }
}

function splitArgs(
  definition: PipelineDefinition,
  args: Given,
  where: string,
): { readonly params: Given; readonly inputs: Given } {
  const params: Record<string, unknown> = {}
  const inputs: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(args)) {
    if (Object.hasOwn(definition.inputs, name)) inputs[name] = value
    else if (isHandle(value)) {
      const nearest = nearestName(name, Object.keys(definition.inputs))
      throw cairnError('CAIRN_ARGUMENT_UNKNOWN', { where, name, nearest })
    } else params[name] = value
  }
  return { params, inputs }
}
