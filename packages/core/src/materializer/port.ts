import type { StandardSchemaV1 } from '@standard-schema/spec'

import { cairnError } from '../errors/cairn-error.ts'
import type { AnyMaterializer, Materializer } from './materializer.ts'

/** A materializer, or a schema: then the value is JSON, checked on write and on read. */
export type ArtifactType = AnyMaterializer | StandardSchemaV1<unknown, unknown>

/** Any list type, whatever its items. */
export interface AnyList {
  readonly kind: 'list'
  readonly of: ArtifactType
  /** Whether its items are loaded and stored one by one. */
  readonly lazy?: true | undefined
}

/** The type of an ordered list: an array of handles is one, and so is one output that holds many items. */
export interface List<A extends ArtifactType> extends AnyList {
  readonly of: A
  readonly lazy?: undefined
}

/** The type of an ordered list whose items are loaded and stored one by one. */
export interface LazyList<A extends ArtifactType> extends AnyList {
  readonly of: A
  readonly lazy: true
}

/** Any optional type. */
export interface AnyOptional {
  readonly kind: 'optional'
  readonly of: ArtifactType | AnyList
}

/** The type of an input or output that may be absent. */
export interface Optional<A extends ArtifactType | AnyList> extends AnyOptional {
  readonly of: A
}

/** The declared type of an input or output. */
export type Port = ArtifactType | AnyList | AnyOptional
/** Declared types by name. */
export type PortMap = Readonly<Record<string, Port>>

/** The value behind a declared type. */
export type ValueOf<A> =
  A extends Optional<infer E>
    ? ValueOf<E> | undefined
    : A extends LazyList<infer E>
      ? AsyncIterable<ValueOf<E>>
      : A extends List<infer E>
        ? readonly ValueOf<E>[]
        : A extends Materializer<infer T>
          ? T
          : A extends StandardSchemaV1<unknown, infer O>
            ? O
            : never

/**
 * Declares a list: `inputs: { scores: list(z.number()) }` takes an array of handles, or one handle on a list.
 *
 * With `lazy: true` an input is an `AsyncIterable` that loads one item at a time and may be iterated again, and an output
 * is stored while the step makes it: return an async generator, or anything else that is iterable. What is stored is the
 * same either way, so that one step may write a list lazily and another one read it whole.
 *
 * @throws CAIRN_DECLARATION_INVALID
 */
export function list<A extends ArtifactType>(of: A): List<A>
export function list<A extends ArtifactType>(of: A, options: { readonly lazy: true }): LazyList<A>
export function list(of: ArtifactType, options: { readonly lazy?: true } = {}): AnyList {
  const unknown = Object.keys(options).find((name) => name !== 'lazy')
  if (unknown !== undefined || ![undefined, true].includes(options.lazy)) {
    const problem = unknown === undefined ? 'lazy is something else than true' : `it knows no option "${unknown}"`
    throw cairnError('CAIRN_DECLARATION_INVALID', { where: 'list()', problem })
  }
  return Object.freeze({ kind: 'list' as const, of, ...(options.lazy === true ? { lazy: true as const } : {}) })
}

/** Declares that an input may be left out, or that an output may be missing. */
export function optional<A extends ArtifactType | AnyList>(of: A): Optional<A> {
  return Object.freeze({ kind: 'optional' as const, of })
}

/** The name and version under which values of a type are stored: `matrix@1`, `list<json@1>`. */
export function portTypeName(port: Port): string {
  if (isOptional(port)) return `optional<${portTypeName(port.of)}>`
  if (isList(port)) return `list<${portTypeName(port.of)}>`
  return isSchema(port) ? 'json@1' : `${port.name}@${port.version}`
}

/** The type under an `optional`, or the type itself. */
export function requiredPort(port: Port): ArtifactType | AnyList {
  return isOptional(port) ? port.of : port
}

/** Whether a type is a list. */
export function isList(port: Port): port is AnyList {
  return 'kind' in port && port.kind === 'list' && !isSchema(port)
}

/** Whether a type is optional. */
export function isOptional(port: Port): port is AnyOptional {
  return 'kind' in port && port.kind === 'optional' && !isSchema(port)
}

/** Whether a type is a schema. */
export function isSchema(port: object): port is StandardSchemaV1<unknown, unknown> {
  return '~standard' in port
}

/**
 * Refuses what is not a type at all, as plain JavaScript can pass.
 *
 * @throws CAIRN_DECLARATION_INVALID
 */
export function assertPort(where: string, port: unknown): asserts port is Port {
  // Schemas of some libraries are functions.
  const isThing = (typeof port === 'object' && port !== null) || typeof port === 'function'
  if (isThing && isSchema(port)) return
  const kind: unknown = isThing && 'kind' in port ? port.kind : undefined
  if (kind === 'materializer') return
  if (isThing && (kind === 'list' || kind === 'optional') && 'of' in port) return assertPort(where, port.of)
  const found = port === undefined || port === null ? String(port) : isThing ? 'something else' : `a ${typeof port}`
  const problem = `its type is ${found}, not a materializer or a schema`
  throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem })
}
