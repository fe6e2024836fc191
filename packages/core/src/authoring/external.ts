import { cairnError } from '../errors/cairn-error.ts'
import { assertPort, type ArtifactType, type ValueOf } from '../materializer/port.ts'
import { Handle, type Artifact } from './handle.ts'

/**
 * A handle on data from outside: a value, or a file of this machine that holds it in the format of its type. It counts
 * by its content.
 *
 * @example
 * await evaluate.run({ x: external(matrix, m), y: external(vector, { file: 'y.npy' }) })
 */
export function external<A extends ArtifactType>(
  type: A,
  value: ValueOf<A> | { readonly file: string },
): Artifact<ValueOf<A>> {
  assertPort('The type given to external()', type)
  if (value === undefined) {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where: 'external()', problem: 'it was given no value' })
  }
  const data = isFile(value) ? { type, file: value.file } : { type, value }
  // Sound: the phantom type of the handle is that of the declared type.
  return new Handle({
    id: 'external',
    output: 'value',
    port: type,
    source: { kind: 'external', data },
  }) as unknown as Artifact<ValueOf<A>>
}

function isFile(value: unknown): value is { readonly file: string } {
  if (typeof value !== 'object' || value === null || !('file' in value)) return false
  return typeof value.file === 'string' && Object.keys(value).length === 1
}
