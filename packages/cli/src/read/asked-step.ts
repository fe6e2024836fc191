import type { StoredRun } from '@cairnml/client'
import { cairnError, foldName, isCairnError, nearestName, type CairnError } from '@cairnml/core'

/** What a command line asks about. */
export interface AskedStep {
  readonly run: StoredRun
  readonly step: string | undefined
}

type FindRun = (name: string) => Promise<StoredRun>

/** Names a run by when it was, which no run can be called. */
const LAST = /^(?:.+@)?last(?:~\d+)?$/i

/**
 * A run, a run and a step, or a step of the newest run. The whole name of a run means it; a step goes before runs whose
 * names only start so, as those of runs that nobody named start with their pipeline: `train` is a step, and the start of
 * all runs of `training`.
 *
 * @throws CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS
 */
export async function askedStep([first, second]: readonly string[], runOf: FindRun): Promise<AskedStep> {
  if (first === undefined) return { run: await runOf('last'), step: undefined }
  if (second !== undefined || LAST.test(first)) return { run: await runOf(first), step: second }
  const found = await orFault(runOf(first))
  if (!isCairnError(found) && foldName(found.name) === foldName(first)) return { run: found, step: undefined }
  const newest = await orFault(runOf('last'))
  const steps = isCairnError(newest) ? [] : (await newest.steps()).flatMap(({ id, step }) => [id, step])
  if (!isCairnError(newest) && steps.includes(first)) return { run: newest, step: first }
  if (!isCairnError(found)) return { run: found, step: undefined }
  if (found.code !== 'CAIRN_RUN_UNKNOWN' || isCairnError(newest)) throw found
  const nearest = found.details['nearest'] ?? nearestName(first, new Set(steps))
  throw cairnError('CAIRN_RUN_UNKNOWN', {
    name: first,
    newest: newest.name,
    nearest: typeof nearest === 'string' ? nearest : undefined,
  })
}

async function orFault(run: Promise<StoredRun>): Promise<StoredRun | CairnError> {
  try {
    return await run
  } catch (error) {
    if (isCairnError(error)) return error
    throw error
  }
}
