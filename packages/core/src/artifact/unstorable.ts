import { cairnError, isCairnError } from '../errors/cairn-error.ts'
import type { WriteContext } from './write-context.ts'

/** Says which value it was; faults of the store and cancellation stay as they are. */
export function explainWriteFault(error: unknown, type: string, context: WriteContext): unknown {
  if (context.signal?.aborted) return error
  if (isCairnError(error, 'CAIRN_SCHEMA_TRANSFORMS')) {
    return cairnError('CAIRN_SCHEMA_TRANSFORMS', { where: context.where }, { cause: error })
  }
  if (isCairnError(error, 'CAIRN_VALUE_INVALID')) {
    const problem = String(error.details['problem'])
    return cairnError('CAIRN_VALUE_INVALID', { where: context.where, problem }, { cause: error })
  }
  if (isCairnError(error, 'CAIRN_VALUE_NOT_PLAIN')) {
    const { path, found } = error.details
    const reason = `it holds ${String(found)}${path === '' ? '' : ` at "${String(path)}"`}`
    return unstorable(type, reason, { ...context, cause: error })
  }
  if (isCairnError(error, 'CAIRN_VALUE_UNSTORABLE')) {
    return unstorable(type, String(error.details['reason']), { ...context, cause: error })
  }
  if (isCairnError(error)) return error
  return unstorable(type, error instanceof Error ? error.message : String(error), { ...context, cause: error })
}

/** The error of a value that its type cannot hold. */
export function unstorable(
  type: string,
  reason: string,
  at: { readonly where: string; readonly cause?: unknown },
): Error {
  return cairnError('CAIRN_VALUE_UNSTORABLE', { where: at.where, type, reason }, { cause: at.cause })
}
