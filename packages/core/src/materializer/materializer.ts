import { assertName } from '../names/name.ts'
import { cairnError } from '../errors/cairn-error.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { OutsideState } from '../outside/outside-state.ts'
import type { ArtifactFile, Preview } from '../artifact/artifact-ref.ts'

type Awaitable<T> = T | Promise<T>

/** Where a materializer puts the files of a value. */
export interface FileWriter {
  /** Stores text (as UTF-8), bytes or a stream under a relative path with forward slashes. */
  write(path: string, data: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<void>
  /** Stores a file of this machine, of any size, under such a path. */
  copy(path: string, file: string): Promise<void>
  /** For types that refer to what lies elsewhere. */
  readonly outside: OutsideState
}

/** Where a materializer finds the files of a value. A path may be left out where there is one file. */
export interface FileReader {
  readonly files: readonly ArtifactFile[]
  bytes(path?: string): Promise<Uint8Array>
  text(path?: string): Promise<string>
  stream(path?: string): AsyncIterable<Uint8Array>
  /** Path of a private copy on this machine. It lives as long as the step that reads. */
  local(path?: string): Promise<string>
  /** Path of a private folder that holds a copy of every file. */
  directory(): Promise<string>
  /** For types that refer to what lies elsewhere. */
  readonly outside: OutsideState
}

/** Facts about a value by name. */
export interface Metadata {
  readonly [name: string]: Json
}

/** How values of one type become files and come back. */
export interface MaterializerDeclaration<T> {
  /** Stable for ever; with the version it names the format. */
  readonly name: string
  /** Raise it when the format changes: what older versions wrote is then made again. */
  readonly version: number
  /** Writes the value. Equal values give equal bytes. Throw to refuse a value. */
  readonly write: (value: T, files: FileWriter) => Awaitable<void>
  /** Whether a value may have no files at all, as an empty folder has. @default false */
  readonly mayBeEmpty?: boolean | undefined
  /** Reads it back. It must not execute what it reads. */
  readonly read: (files: FileReader) => Awaitable<T>
  /**
   * For types that refer to what lies elsewhere: why that is not what it was when the value was written, as a clause, or
   * `undefined` if it is. Asked before a result with such an output is reused; where it changed, the step runs. Throw
   * where it cannot be told.
   */
  readonly changed?: ((files: FileReader) => Awaitable<string | undefined>) | undefined
  /**
   * Looks at a file from outside that was given for a value of this type, and throws where it is not one. It need not
   * hold the value in memory. @default the value is read
   */
  readonly check?: ((files: FileReader) => Awaitable<void>) | undefined
  /**
   * Small facts to show and filter by: shape, rows. Asked once, when the value was stored as `files`; plain JSON of at
   * most 8 kB. If it throws, the value is stored without, and a line of the run says so.
   */
  readonly metadata?: ((value: T, files: readonly ArtifactFile[]) => Awaitable<Metadata>) | undefined
  /** Something to look at in place of the value; longer text is cut. Asked when `metadata` is, by the same rules. */
  readonly preview?: ((value: T, files: readonly ArtifactFile[]) => Awaitable<Preview | undefined>) | undefined
}

/** A materializer of whatever type; what declarations are constrained by. */
export interface AnyMaterializer {
  readonly kind: 'materializer'
  readonly name: string
  readonly version: number
}

/** Turns a value into files and back; declares the type of an input or output. */
export interface Materializer<T> extends AnyMaterializer, MaterializerDeclaration<T> {
  readonly kind: 'materializer'
}

/**
 * Declares a materializer for values of your own.
 *
 * @example
 * const svcModel = materializer<Svc>({
 *   name: 'svc-model',
 *   version: 1,
 *   write: (svc, files) => files.write('model.txt', svc.serialize()),
 *   read: async (files) => Svc.load(await files.text()),
 * })
 * @throws CAIRN_NAME_INVALID, CAIRN_DECLARATION_INVALID
 */
export function materializer<T>(declaration: MaterializerDeclaration<T>): Materializer<T> {
  assertName('materializer', declaration.name)
  const where = `Materializer "${declaration.name}"`
  if (!Number.isInteger(declaration.version) || declaration.version < 1) {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'its version is not a whole number from 1' })
  }
  if (typeof declaration.write !== 'function' || typeof declaration.read !== 'function') {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'it needs the functions write and read' })
  }
  return Object.freeze({ ...declaration, kind: 'materializer' as const })
}
