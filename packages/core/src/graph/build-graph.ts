import type { PipelineDefinition } from '../authoring/definition.ts'
import { validateParams } from '../authoring/params.ts'
import { unfilledSlots } from '../authoring/slot-callables.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { withBuild } from './current-build.ts'
import type { Graph } from './graph.ts'
import { callBuild, GraphBuilder } from './graph-builder.ts'
import { inOrder } from './in-order.ts'
import { splitPipelineArgs } from './pipeline-args.ts'
import { refuseForeign } from './result-handles.ts'
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
  const { params: given, inputs } = splitPipelineArgs(definition, args, where)
  const params = validateParams(definition.params, given, where)
  for (const [name, port] of Object.entries(definition.inputs)) {
    wireInput(inputs[name], { where, name, port, build: builder })
  }
  const result = withBuild(builder, () => callBuild(definition, { ...params, ...inputs }))
  refuseForeign(result, builder, `The result of pipeline "${definition.name}"`)
  return { pipeline: definition, params, nodes: inOrder(definition.name, builder.nodes), result }
}
