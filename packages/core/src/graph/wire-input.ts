import { describeHandle, isHandle, type Handle } from '../authoring/handle.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { isList, isOptional, portTypeName, requiredPort, type Port } from '../materializer/port.ts'
import { showValue } from '../materializer/schema-check.ts'
import type { NodeInput, TypedSource } from './graph.ts'

/** An input of a call that is being wired. */
export interface Wiring {
  /** Names the consumer in errors. */
  readonly where: string
  readonly name: string
  readonly port: Port
  /** The build that is going on; handles of others are refused. */
  readonly build: object
}

/**
 * Checks what an input was given against its declared type.
 *
 * @returns `undefined` for an optional input that was given nothing
 * @throws CAIRN_INPUT_MISSING, CAIRN_INPUT_NOT_HANDLE, CAIRN_INPUT_TYPE, CAIRN_HANDLE_FOREIGN
 */
export function wireInput(given: unknown, wiring: Wiring): NodeInput | undefined {
  if (given === undefined) {
    if (isOptional(wiring.port)) return undefined
    throw cairnError('CAIRN_INPUT_MISSING', { where: wiring.where, name: wiring.name })
  }
  const type = requiredPort(wiring.port)
  if (isList(type) && Array.isArray(given)) {
    return given.map((item) => checkType(handleSource(item, wiring), type.of, { ...wiring, port: type }))
  }
  return checkType(handleSource(given, wiring), type, wiring)
}

/** The source behind a handle of this build or of data from outside. */
export function handleSource(given: unknown, wiring: Omit<Wiring, 'port'>): TypedSource {
  const { where, name } = wiring
  if (!isHandle(given)) throw cairnError('CAIRN_INPUT_NOT_HANDLE', { where, name, given: describeGiven(given) })
  const handle: Handle = given
  if (handle.build !== undefined && handle.build !== wiring.build) {
    throw cairnError('CAIRN_HANDLE_FOREIGN', { where, handle: describeHandle(handle) })
  }
  if (handle.source === undefined || handle.port === undefined) {
    throw cairnError('CAIRN_INPUT_NOT_HANDLE', { where, name, given: `${describeHandle(handle)}, which has no output` })
  }
  return { source: handle.source, port: handle.port }
}

function checkType(source: TypedSource, expected: Port, wiring: Wiring): TypedSource {
  const mayBeAbsent = isOptional(source.port) && !isOptional(wiring.port)
  const given = portTypeName(requiredPort(source.port))
  const wanted = portTypeName(expected)
  if (given === wanted && !mayBeAbsent) return source
  throw cairnError('CAIRN_INPUT_TYPE', {
    where: wiring.where,
    name: wiring.name,
    expected: wanted,
    given: mayBeAbsent ? `${given} that may be absent` : given,
  })
}

function describeGiven(given: unknown): string {
  if (Array.isArray(given)) return 'an array'
  if (typeof given === 'object' && given !== null && Object.values(given).some(isHandle)) {
    return 'an object of several outputs'
  }
  return showValue(given)
}
