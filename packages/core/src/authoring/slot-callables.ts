import { currentBuild } from '../graph/current-build.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { isOptional, portTypeName } from '../materializer/port.ts'
import type { DeclaredPorts } from './declared-ports.ts'
import type { PipelineDefinition, StepDefinition } from './definition.ts'
import type { CallOptions } from './options.ts'

type Given = Readonly<Record<string, unknown>>

/** The functions that `build` gets for its slots: each calls the step that fills it, under the name of the slot. */
export function slotCallables(definition: PipelineDefinition): Readonly<Record<string, unknown>> {
  const callables: Record<string, unknown> = {}
  for (const slot of Object.keys(definition.slots)) {
    const callable = (args?: Given, options?: CallOptions): unknown => {
      const build = currentBuild()
      if (build === undefined) throw cairnError('CAIRN_OUTSIDE_BUILD', { kind: 'slot', name: slot })
      const step = filler(definition, slot)
      if (step === undefined) throw cairnError('CAIRN_SLOT_UNFILLED', { pipeline: definition.name, slots: [slot] })
      return build.addStep(step, { args: args ?? {}, options: options ?? {}, below: callable, slot })
    }
    callables[slot] = callable
  }
  return callables
}

/** The slots that nothing fills. */
export function unfilledSlots(definition: PipelineDefinition): readonly string[] {
  return Object.keys(definition.slots).filter((slot) => filler(definition, slot) === undefined)
}

function filler(definition: PipelineDefinition, slot: string): StepDefinition | undefined {
  return Object.hasOwn(definition.filled, slot) ? definition.filled[slot] : undefined
}

/** Why a step does not fit the shape of a slot, or `undefined` if it does. */
export function slotMisfit(shape: DeclaredPorts, step: StepDefinition): string | undefined {
  for (const [name, port] of Object.entries(step.ports.inputs)) {
    const offered = Object.hasOwn(shape.inputs, name) ? shape.inputs[name] : undefined
    if (offered === undefined) {
      if (!isOptional(port)) return `it needs the input "${name}", which the slot does not have`
    } else if (portTypeName(offered) !== portTypeName(port)) {
      return `its input "${name}" is ${portTypeName(port)}, that of the slot is ${portTypeName(offered)}`
    }
  }
  const extra = Object.keys(shape.inputs).find((name) => !Object.hasOwn(step.ports.inputs, name))
  if (extra !== undefined) return `it does not take the input "${extra}" of the slot`
  if (shape.form !== step.ports.form) return `it has ${describeForm(step.ports)}, the slot has ${describeForm(shape)}`
  for (const [name, port] of Object.entries(shape.outputs)) {
    const given = Object.hasOwn(step.ports.outputs, name) ? step.ports.outputs[name] : undefined
    if (given === undefined) return `it does not give the output "${name}"`
    if (portTypeName(given) !== portTypeName(port)) {
      return `its output "${name}" is ${portTypeName(given)}, that of the slot is ${portTypeName(port)}`
    }
  }
  return undefined
}

function describeForm(ports: DeclaredPorts): string {
  if (ports.form === 'none') return 'no output'
  return ports.form === 'single' ? 'one unnamed output' : 'named outputs'
}
