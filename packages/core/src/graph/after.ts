import { isHandle, type Invocation } from '../authoring/handle.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { showValue } from '../materializer/schema-check.ts'

/**
 * The invocation ids that an `after` option names, whatever its form: a handle, an invocation, an object or array of
 * them.
 *
 * @throws CAIRN_INPUT_NOT_HANDLE
 */
export function afterIds(after: unknown, where: string): readonly string[] {
  if (after === undefined) return []
  if (isHandle(after)) return after.source?.kind === 'external' ? [] : [after.id]
  if (isInvocation(after)) return [after.id]
  if (typeof after === 'object' && after !== null) {
    return Object.values(after).flatMap((item) => afterIds(item, where))
  }
  throw cairnError('CAIRN_INPUT_NOT_HANDLE', { where, name: 'after', given: showValue(after) })
}

function isInvocation(value: unknown): value is Invocation {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}
