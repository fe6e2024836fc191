import { cairnError } from '../errors/cairn-error.ts'
import type { Port } from '../materializer/port.ts'
import type { ArtifactSource } from '../graph/graph.ts'

declare const VALUE: unique symbol
const HANDLE = Symbol.for('cairnml/handle')

/** One use of a step in a pipeline; `after` takes it. */
export interface Invocation {
  readonly id: string
}

/** A handle on what a step will give. While a pipeline is built there is no value yet, only this. */
export interface Artifact<out T> extends Invocation {
  /** Exists in types only: what the artifact will be. */
  readonly [VALUE]: T
  readonly output: string
}

/** Whatever a step call returns: what runs after may name it. */
export type After =
  | Invocation
  | Readonly<Record<string, Invocation>>
  | readonly (Invocation | Readonly<Record<string, Invocation>>)[]

/** What a handle is at run time. */
export class Handle implements Invocation {
  readonly id: string
  /** `undefined` for a step without output. */
  readonly output: string | undefined
  readonly port: Port | undefined
  readonly source: ArtifactSource | undefined
  /** The build that made it; absent for data from outside, which any build may use. */
  readonly build: object | undefined

  constructor(fields: {
    readonly id: string
    readonly output?: string
    readonly port?: Port
    readonly source?: ArtifactSource
    readonly build?: object
  }) {
    this.id = fields.id
    this.output = fields.output
    this.port = fields.port
    this.source = fields.source
    this.build = fields.build
    Object.defineProperty(this, HANDLE, { value: true })
    Object.freeze(this)
  }

  [Symbol.toPrimitive](): never {
    throw this.#misuse('converted to text or a number')
  }

  [Symbol.iterator](): never {
    throw this.#misuse('iterated')
  }

  toJSON(): never {
    throw this.#misuse('converted to JSON')
  }

  #misuse(use: string): Error {
    return cairnError('CAIRN_HANDLE_AS_VALUE', { handle: describeHandle(this), use })
  }
}

/** Whether a value is a handle, also of another copy of this package. */
export function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && HANDLE in value
}

/** A handle as a message names it. */
export function describeHandle(handle: Handle): string {
  if (handle.build === undefined) return 'data from outside'
  return handle.output === undefined ? `step "${handle.id}"` : `output "${handle.output}" of step "${handle.id}"`
}
