import { cairnError } from '../errors/cairn-error.ts'
import { assertPort, type PortMap } from '../materializer/port.ts'
import { assertName, foldName } from '../names/name.ts'
import { schemaNames } from './params.ts'
import type { ParamsSchema } from './step-types.ts'

/** The name that a single unnamed output has in records. */
export const SINGLE_OUTPUT = 'output'

/** How outputs were declared: one unnamed, several named, or none. */
export type OutputForm = 'single' | 'named' | 'none'

/** Outputs by name. */
export interface DeclaredOutputs {
  readonly outputs: PortMap
  readonly form: OutputForm
}

/** Inputs and outputs by name. */
export interface DeclaredPorts extends DeclaredOutputs {
  readonly inputs: PortMap
}

/**
 * Refuses what is no declaration at all, as plain JavaScript can pass.
 *
 * @throws CAIRN_DECLARATION_INVALID
 */
export function assertDeclaration(where: string, declaration: unknown): void {
  if (typeof declaration === 'object' && declaration !== null) return
  throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'it was not given a declaration' })
}

/**
 * Refuses a params schema that is none, and one that takes a name which is an input, too.
 *
 * @throws CAIRN_DECLARATION_INVALID, CAIRN_PORT_TWICE
 */
export function assertParams(where: string, params: ParamsSchema | undefined, inputs: PortMap): void {
  if (params === undefined) return
  // Schemas of some libraries are functions.
  const isThing = (typeof params === 'object' && params !== null) || typeof params === 'function'
  if (!isThing || typeof params['~standard']?.validate !== 'function') {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'its params are not a schema' })
  }
  const clash = schemaNames(params)?.find((name) => Object.hasOwn(inputs, name))
  if (clash === undefined) return
  throw cairnError('CAIRN_PORT_TWICE', { where, name: clash, other: `${clash} (input and parameter)` })
}

/**
 * Brings `output` and `outputs` into one form and checks names and types.
 *
 * @throws CAIRN_DECLARATION_INVALID, CAIRN_NAME_INVALID, CAIRN_PORT_TWICE
 */
export function declaredOutputs(
  where: string,
  shape: { readonly output?: unknown; readonly outputs?: unknown },
): DeclaredOutputs {
  if (shape.output !== undefined && shape.outputs !== undefined) {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'it declares both output and outputs' })
  }
  if (shape.output !== undefined) {
    assertPort(`The output of ${where}`, shape.output)
    return { outputs: { [SINGLE_OUTPUT]: shape.output }, form: 'single' }
  }
  const outputs = checkedPorts(where, 'output', shape.outputs ?? {})
  return { outputs, form: Object.keys(outputs).length === 0 ? 'none' : 'named' }
}

/** Checks a map of ports: names that work everywhere, unique ignoring case, and types that are types. */
export function checkedPorts(where: string, kind: 'input' | 'output', ports: unknown): PortMap {
  if (typeof ports !== 'object' || ports === null || Array.isArray(ports)) {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: `its ${kind}s are not an object` })
  }
  const seen = new Map<string, string>()
  for (const [name, port] of Object.entries(ports)) {
    assertName(kind, name)
    const other = seen.get(foldName(name))
    if (other !== undefined) throw cairnError('CAIRN_PORT_TWICE', { where, name, other })
    seen.set(foldName(name), name)
    assertPort(`The ${kind} "${name}" of ${where}`, port)
  }
  // Sound: every value was just checked to be a port.
  return ports as PortMap
}
