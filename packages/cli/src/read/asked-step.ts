import type { StoredRun } from '@cairnml/client'
import { cairnError, isCairnError, nearestName } from '@cairnml/core'

/** What a command line asks about. */
export interface AskedStep {
  readonly run: StoredRun
  readonly step: string | undefined
}

/**
 * A run, a run and a step, or a step of the newest run.
 *
 * @throws CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS
 */
export async function askedStep(
  [first, second]: readonly string[],
  runOf: (name: string) => Promise<StoredRun>,
): Promise<AskedStep> {
  if (first === undefined) return { run: await runOf('last'), step: undefined }
  try {
    return { run: await runOf(first), step: second }
  } catch (error) {
    if (second !== undefined || !isCairnError(error, 'CAIRN_RUN_UNKNOWN')) throw error
    const last = await runOf('last').catch(() => undefined)
    if (last === undefined) throw error
    const steps = (await last.steps()).flatMap(({ id, step }) => [id, step])
    if (steps.includes(first)) return { run: last, step: first }
    const nearest = error.details['nearest'] ?? nearestName(first, new Set(steps))
    throw cairnError('CAIRN_RUN_UNKNOWN', {
      name: first,
      newest: last.name,
      nearest: typeof nearest === 'string' ? nearest : undefined,
    })
  }
}
