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
import type { Build, StepCall } from './current-build.ts'
import type { GraphNode, NodeInput, TypedSource } from './graph.ts'
import { InvocationIds } from './invocation-ids.ts'
import { handleSource, wireInput } from './wire-input.ts'

type Given = Readonly<Record<string, unknown>>
const CALL_OPTIONS: readonly (keyof CallOptions)[] = ['id', 'after', 'when']

/** Collects the nodes of one build. */
export class GraphBuilder implements Build {
  readonly nodes: GraphNode[] = []
  readonly #pipeline: string
  readonly #ids: InvocationIds
  #prefix = ''
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
    this.#checkCallOptions(call.options, where)
    const split = this.#splitArgs(step, call.args, where)
    this.nodes.push({
      id,
      step,
      slot: call.slot,
      site: `${this.#prefix}${site}`,
      params: { ...step.preset, ...split.params },
      paramSources: split.paramSources,
      inputs: this.#wireInputs(step.ports.inputs, call.args, where),
      after: afterIds(call.options.after, where),
      when: this.#condition(call.options.when, where),
      pipelineOptions: this.#options,
    })
    return this.#handles(id, step.ports)
  }

  addPipeline(definition: PipelineDefinition, args: Given, id: string | undefined): unknown {
    const prefix = this.#prefix + this.#scopeId(definition.name, id)
    const where = `Pipeline "${prefix}" in pipeline "${this.#pipeline}"`
    const built = this.#buildArgs(definition, args, where)
    const outer = { prefix: this.#prefix, options: this.#options }
    this.#prefix = `${prefix}.`
    this.#options = [...this.#options, definition.options]
    try {
      return callBuild(definition, built)
    } finally {
      this.#prefix = outer.prefix
      this.#options = outer.options
    }
  }

  #buildArgs(definition: PipelineDefinition, args: Given, where: string): Given {
    const inputs: Record<string, unknown> = {}
    const params: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(args)) {
      if (Object.hasOwn(definition.inputs, name)) inputs[name] = value
      else if (isHandle(value)) throw cairnError('CAIRN_HANDLE_AS_VALUE', { handle: value.id, use: `${name} of ${where}` })
      else params[name] = value
    }
    this.#wireInputs(definition.inputs, inputs, where)
    return { ...validateParams(definition.params, params, where), ...inputs }
  }

  #id(base: string, step: StepDefinition, options: CallOptions): string {
    if (options.id !== undefined) return this.#ids.explicit(this.#prefix + options.id)
    return this.#ids.numbered(this.#prefix + base, step)
  }

  #scopeId(name: string, id: string | undefined): string {
    const full = this.#prefix + (id ?? name)
    return (id === undefined ? this.#ids.numbered(full, undefined) : this.#ids.explicit(full)).slice(this.#prefix.length)
  }

  #splitArgs(
    step: StepDefinition,
    args: Given,
    where: string,
  ): { readonly params: Given; readonly paramSources: Readonly<Record<string, TypedSource>> } {
    const params: Record<string, unknown> = {}
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
      const wired = wireInput(args[name], { where, name, port, build: this })
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

  #checkCallOptions(options: CallOptions, where: string): void {
    const name = Object.keys(options).find((option) => !CALL_OPTIONS.some((known) => known === option))
    if (name === undefined) return
    const nearest = nearestName(name, CALL_OPTIONS)
    throw cairnError('CAIRN_RUN_OPTION_UNKNOWN', { where: `The options of ${where}`, name, nearest })
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
