import { cairnError, isCairnError } from '@cairnml/core'

import type { Sweep } from './sweep.ts'

/** What no other value would make right is said as for a single run. */
const OF_ALL = ['CAIRN_PARAMETER_UNKNOWN', 'CAIRN_INVOCATION_UNKNOWN', 'CAIRN_PARAMETER_SYNTAX']

/**
 * Refuses a sweep of which a run would be refused, before any is started.
 *
 * @throws CAIRN_SWEEP_REFUSED; usage errors that all runs have in common as they are
 */
export async function checkSweep({ runs }: Sweep): Promise<void> {
  const { checkRequest } = await import('@cairnml/engine')
  const refused: { readonly label: string; readonly error: unknown }[] = []
  for (const { combination, request } of runs) {
    await checkRequest(request).catch((error: unknown) => refused.push({ label: combination.label, error }))
  }
  const [first] = refused
  if (first === undefined) return
  const { label, error } = first
  if (label === '' || !isCairnError(error) || OF_ALL.includes(error.code)) throw error
  const problem = error.message.replace(/\.$/, '')
  const details = { combination: label, problem, refused: refused.length, of: runs.length }
  throw cairnError('CAIRN_SWEEP_REFUSED', details, { cause: error })
}
