import { assertPort, type Port, type PortMap } from '../materializer/port.ts'
import { assertDeclaration, declaredOutputs, type DeclaredPorts } from './declared-ports.ts'
import type { CallOptions } from './options.ts'
import type { Args, Handles, OutputsOf, Shape, Simplify, Wires } from './step-types.ts'

/** Every slot; it has no type parameters, so that `slots: { a: slot({...}) }` infers each from its own argument. */
export interface AnySlot {
  readonly kind: 'slot'
  /** What the slot declares, normalised. */
  readonly ports: DeclaredPorts
}

/** A place for a step of a shape. */
export interface Slot<I extends PortMap, O> extends AnySlot {
  readonly shape?: { readonly inputs: I; readonly outputs: O }
}

/** Slots by role. */
export type Slots = Readonly<Record<string, AnySlot>>

/** A slot inside `build`: call it like a step. */
export type SlotCall<S> =
  S extends Slot<infer I, infer O> ? (...args: Args<Simplify<Wires<I>>, CallOptions>) => Handles<O> : never
/** A step that fits a slot. */
export type SlotFiller<S> = S extends Slot<infer I, infer O> ? (args: Simplify<Wires<I>>) => Handles<O> : never

/**
 * Declares a place that a step of this shape fills: `pipeline.with({ steps: { trainer: svcTrainer } })`.
 *
 * @throws CAIRN_DECLARATION_INVALID
 */
export function slot<I extends PortMap = {}, Out extends Port = never, Outs extends PortMap = {}>(
  shape: Shape<I, Out, Outs>,
): Slot<I, OutputsOf<Out, Outs>> {
  assertDeclaration('slot()', shape)
  const inputs: PortMap = shape.inputs ?? {}
  for (const [name, port] of Object.entries(inputs)) assertPort(`Input "${name}" of a slot`, port)
  return Object.freeze({ kind: 'slot' as const, ports: { inputs, ...declaredOutputs('A slot', shape) } })
}
