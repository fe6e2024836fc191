import type { StepRunRecord } from '@cairnml/core'
import { changesText } from '@cairnml/core/explain'

import type { RecordedRun } from '../runs/stored-run.ts'
import type { StepExplanation } from './explanation.ts'
import { changesSince, explained } from './key-trees.ts'

/** How a step differs from the same step of another run, in place of why it was reused or ran. */
export async function explainAgainst(
  explanation: StepExplanation,
  of: { readonly run: RecordedRun; readonly record: StepRunRecord; readonly other: RecordedRun },
): Promise<StepExplanation> {
  const { run, record, other } = of
  const earlier = await other.find(record.invocation)
  const changes = await changesSince(earlier.key, record, run)
  const against = `against run ${other.name}`
  const clause =
    changes === undefined
      ? `cannot be compared ${against}: ${missing(record, run) ?? missing(earlier, other) ?? 'its key is no longer recorded'}`
      : changes.length === 0
        ? `is the same ${against}: nothing that counts differs`
        : `differs: ${changesText(changes)} (${against})`
  return {
    ...explanation,
    clause,
    sentence: `${explanation.label} ${clause}.`,
    changes: explained(changes ?? []),
    against: other.name,
  }
}

function missing({ key, uncacheable }: StepRunRecord, run: RecordedRun): string | undefined {
  if (key !== undefined) return undefined
  return uncacheable === undefined
    ? `it has no key in run ${run.name}`
    : `in run ${run.name} it is not cached because ${uncacheable}`
}
