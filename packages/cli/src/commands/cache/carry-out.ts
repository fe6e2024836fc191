import { removeProposed, type CacheStores, type Removal, type RemovalProposal } from '@cairnml/engine'

import { confirm, type ConfirmOptions, type Terminal } from '../../output/confirm.ts'
import { doneText, hasWork, proposalText, questionText } from './removal-text.ts'
import { standardOutput } from '../../output/standard-output.ts'

/** How a proposed removal is carried out. */
export interface CarryOutOptions extends ConfirmOptions {
  readonly dryRun: boolean
  /** What the content was to fit into; said where it does not. */
  readonly maxBytes?: number | undefined
  /** @default the terminal of this process */
  readonly terminal?: Terminal | undefined
}

/** Shows what would be removed, asks, does it, and says what was done; gives the exit code. */
export async function carryOut(
  stores: CacheStores,
  proposed: RemovalProposal,
  options: CarryOutOptions,
): Promise<number> {
  const { json, dryRun, terminal } = options
  if (!json) standardOutput().write(proposalText(proposed, options))
  if (dryRun || !hasWork(proposed)) return json ? printJson(proposed, dryRun) : 0
  if (!(await confirm(questionText(proposed), options, terminal))) {
    standardOutput().write('Nothing was removed.\n')
    return 0
  }
  const removal = await removeProposed(stores, proposed)
  if (json) return printJson(proposed, false, removal)
  standardOutput().write(doneText(removal))
  return 0
}

function printJson(proposed: RemovalProposal, dryRun: boolean, removal?: Removal): number {
  const { entries, bytes, orphans, kept, liveRuns } = proposed
  const removed = removal ?? (dryRun ? undefined : { entries: 0, swept: { objects: 0, bytes: 0 } })
  const facts = { format: 'cairn.cache-removal/1', dryRun, entries, bytes, orphans, kept, liveRuns }
  standardOutput().write(`${JSON.stringify({ ...facts, ...(removed === undefined ? {} : { removed }) })}\n`)
  return 0
}
