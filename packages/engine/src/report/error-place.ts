import { placeOfError, type ErrorRecord } from '@cairnml/core'

/** Where a step's own code threw an error, as ` (src/train.ts:12)`, or nothing for Cairn's errors and unknown places. */
export function errorPlace(error: ErrorRecord): string {
  const place = error.code.startsWith('CAIRN_') ? undefined : placeOfError(error)
  return place === undefined ? '' : ` (${place.replace(/^(.*:\d+):\d+$/, '$1')})`
}
