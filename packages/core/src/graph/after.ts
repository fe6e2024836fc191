import { describeHandle, isHandle, type Handle, type Invocation } from '../authoring/handle.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { showValue } from '../materializer/schema-check.ts'

/**
 * The invocation ids that an `after` option names, whatever its form: a handle, an invocation, an object or array of
 * them.
 *
 * @param build the build that is going on; handles of others are refused
 * @throws CAIRN_INPUT_NOT_HANDLE, CAIRN_HANDLE_FOREIGN
 */
export function afterIds(after: unknown, where: string, build: object): readonly string[] {
  if (isHandle(after)) return handleIds(after, where, build)
  if (isInvocation(after)) return [after.id]
  if (typeof after === 'object' && after !== null) {
    return Object.values(after).flatMap((item) => afterIds(item, where, build))
  }
  throw cairnError('CAIRN_INPUT_NOT_HANDLE', { where, name: 'after', given: showValue(after) })
}

function handleIds(handle: Handle, where: string, build: object): readonly string[] {
  if (handle.build === undefined) return []
  if (handle.build === build) return [handle.id]
  throw cairnError('CAIRN_HANDLE_FOREIGN', { where, handle: describeHandle(handle) })
}

function isInvocation(value: unknown): value is Invocation {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}
