import { describeHandle, isHandle } from '../authoring/handle.ts'
import { cairnError } from '../errors/cairn-error.ts'

/**
 * Refuses a result of `build` that holds handles of another build: their values would be looked for in the wrong run.
 *
 * @throws CAIRN_HANDLE_FOREIGN
 */
export function refuseForeign(result: unknown, build: object, where: string): void {
  const seen = new Set<unknown>()
  const pending = [result]
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value !== 'object' || value === null || seen.has(value)) continue
    seen.add(value)
    if (!isHandle(value)) pending.push(...Object.values(value))
    else if (value.build !== undefined && value.build !== build) {
      throw cairnError('CAIRN_HANDLE_FOREIGN', { where, handle: describeHandle(value) })
    }
  }
}
