import { cairnError, type CairnError } from '../errors/cairn-error.ts'

/**
 * The error for bytes that are not a `.npy` file.
 *
 * @param offset the byte at which the fault shows, counted from the start of the file
 */
export function npyInvalid(reason: string, offset?: number): CairnError {
  return cairnError('CAIRN_NPY_INVALID', offset === undefined ? { reason } : { reason, offset })
}
