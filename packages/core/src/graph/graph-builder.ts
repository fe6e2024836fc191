import { framesAbove } from '../authoring/call-site.ts'
import type { OutputForm } from '../authoring/declared-ports.ts'
import type { PipelineDefinition, StepDefinition } from '../authoring/definition.ts'
import { Handle, isHandle } from '../authoring/handle.ts'
import type { CallOptions, PipelineOptions } from '../authoring/options.ts'
import { schemaNames, validateParams } from '../authoring/params.ts'
import { slotCallables } from '../authoring/slot-callables.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { isOptional, portTypeName, requiredPort, type PortMap } from '../materializer/port.ts'
import { nearestName } from '../names/nearest.ts'
import { afterIds } from './after.ts'
import type { Build, PipelineCall, StepCall } from './current-build.ts'
import type { GraphNode, NodeInput, TypedSource } from './graph.ts'
import { InvocationIds } from './invocation-ids.ts'
import { assertArgs, namedValues, splitPipelineArgs } from './pipeline-args.ts'
import { handleSource, wireInput } from './wire-input.ts'

type Given = Readonly<Record<string, unknown>>
const CALL_OPTIONS: readonly (keyof CallOptions)[] = ['id', 'after', 'when']

/** Collects the nodes of one build. */
export class GraphBuilder implements Build {
  readonly nodes: GraphNode[] = []
  readonly #pipeline: string
  readonly #ids: InvocationIds
  #prefix = ''
  /** Places of the calls that inlined the pipelines around, the same for all repetitions of a loop. */
  #callers = ''
  #options: readonly PipelineOptions[]

  constructor(pipeline: PipelineDefinition) {
    this.#pipeline = pipeline.name
    this.#options = [pipeline.options]
    this.#ids = new InvocationIds(pipeline.name)
  }

  addStep(step: StepDefinition, call: StepCall): unknown {
    const site = framesAbove(call.below, 1)
    const id = this.#id(call.slot ?? step.name, step, call.options)
    const where = `Step "${id}" of pipeline "${this.#pipeline}"`
    checkCallOptions(call.options, CALL_OPTIONS, where)
    assertArgs(call.args, where)
    const split = this.#splitArgs(step, call.args, where)
    this.nodes.push({
      id,
      step,
      slot: call.slot,
      site: `${this.#callers}${site}`,
      params: { ...step.preset, ...split.params },
      paramSources: split.paramSources,
      inputs: this.#wireInputs(step.ports.inputs, call.args, where),
      after: call.options.after === undefined ? [] : afterIds(call.options.after, where, this),
      when: this.#condition(call.options.when, where),
      pipelineOptions: this.#options,
    })
    return this.#handles(id, step.ports)
  }

  addPipeline(definition: PipelineDefinition, call: PipelineCall): unknown {
    const site = framesAbove(call.below, 1)
    const prefix = this.#scopeId(definition.name, call.options.id)
    const where = `Pipeline "${prefix}" in pipeline "${this.#pipeline}"`
    checkCallOptions(call.options, ['id'], where)
    const built = this.#buildArgs(definition, call.args, where)
    const outer = { prefix: this.#prefix, callers: this.#callers, options: this.#options }
    this.#prefix = `${prefix}.`
    this.#callers = `${this.#callers}${site}\n`
    this.#options = [...this.#options, definition.options]
    try {
      return callBuild(definition, built)
    } finally {
      this.#prefix = outer.prefix
      this.#callers = outer.callers
      this.#options = outer.options
    }
  }

  #buildArgs(definition: PipelineDefinition, args: Given, where: string): Given {
    const { inputs, params } = splitPipelineArgs(definition, args, where)
    this.#wireInputs(definition.inputs, inputs, where)
    return { ...validateParams(definition.params, params, where), ...inputs }
  }

  #id(base: string, step: StepDefinition, options: CallOptions): string {
    if (options.id !== undefined) return this.#ids.explicit(this.#prefix + options.id)
    return this.#ids.numbered(this.#prefix + base, step)
  }

  #scopeId(name: string, id: string | undefined): string {
    const full = this.#prefix + (id ?? name)
    return id === undefined ? this.#ids.numbered(full, undefined) : this.#ids.explicit(full)
  }

  #splitArgs(
    step: StepDefinition,
    args: Given,
    where: string,
  ): { readonly params: Given; readonly paramSources: Readonly<Record<string, TypedSource>> } {
    const params = namedValues()
    const paramSources: Record<string, TypedSource> = {}
    const known = step.params === undefined ? [] : schemaNames(step.params)
    for (const [name, value] of Object.entries(args)) {
      if (Object.hasOwn(step.ports.inputs, name) || value === undefined) continue
      if (known !== undefined && !known.includes(name)) {
        const nearest = nearestName(name, [...known, ...Object.keys(step.ports.inputs)])
        throw cairnError('CAIRN_ARGUMENT_UNKNOWN', { where, name, nearest })
      }
      if (isHandle(value)) paramSources[name] = handleSource(value, { where, name, build: this })
      else params[name] = value
    }
    return { params, paramSources }
  }

  #wireInputs(ports: PortMap, args: Given, where: string): Readonly<Record<string, NodeInput>> {
    const inputs: Record<string, NodeInput> = {}
    for (const [name, port] of Object.entries(ports)) {
      const wired = wireInput(Object.hasOwn(args, name) ? args[name] : undefined, { where, name, port, build: this })
      if (wired !== undefined) inputs[name] = wired
    }
    return inputs
  }

  #condition(when: unknown, where: string): TypedSource | undefined {
    if (when === undefined) return undefined
    const source = handleSource(when, { where, name: 'when', build: this })
    const given = portTypeName(requiredPort(source.port))
    if (given !== 'json@1' || isOptional(source.port)) {
      throw cairnError('CAIRN_INPUT_TYPE', { where, name: 'when', expected: 'a boolean (json@1)', given })
    }
    return source
  }

  #handles(id: string, ports: { readonly outputs: PortMap; readonly form: OutputForm }): unknown {
    const handles = Object.entries(ports.outputs).map(([output, port]) => {
      const source = { kind: 'output' as const, invocation: id, output }
      return [output, new Handle({ id, output, port, source, build: this })] as const
    })
    if (ports.form === 'none') return new Handle({ id, build: this })
    return ports.form === 'single' ? handles[0]?.[1] : Object.freeze(Object.fromEntries(handles))
  }
}

function checkCallOptions(options: object, known: readonly string[], where: string): void {
  const name = Object.keys(options).find((option) => !known.includes(option))
  if (name === undefined) return
  const nearest = nearestName(name, known)
  throw cairnError('CAIRN_RUN_OPTION_UNKNOWN', { where: `The options of ${where}`, name, nearest })
}

/**
 * Calls the build function of a pipeline.
 *
 * @throws CAIRN_BUILD_ASYNC, and what the function throws
 */
export function callBuild(definition: PipelineDefinition, args: Given): unknown {
  const result = definition.build(args, slotCallables(definition))
  if (typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function') {
    Promise.resolve(result).catch(() => undefined)
    throw cairnError('CAIRN_BUILD_ASYNC', { pipeline: definition.name })
  }
  return result
}
