import type { KeyTree } from '@cairnml/core'

import type { StepKey } from '../cache/describe-step.ts'
import type { RunContext } from '../execute/run-context.ts'
import { nearestEntry } from '../explain/explain-execution.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { unsaidOf } from './undeclared-reads.ts'

/** Says what is to be said of a step that is about to execute, each sentence once per code of the step. */
export async function sayNotices(
  invocation: PlannedInvocation,
  key: StepKey | undefined,
  context: RunContext,
): Promise<void> {
  if (key?.key === undefined || key.tree.notices === undefined) return
  const of = `${invocation.step} ${key.codeDigest ?? ''}`
  const unsaid = unsaidOf(key.tree.notices, of, context.components.cacheIndex)
  if (unsaid.length === 0) return
  const earlier = await noticesBefore(invocation, key, context)
  for (const notice of unsaid) if (!earlier.includes(notice)) context.report.stepNotice(invocation.label, notice)
}

/** What other processes have said of the step with this code. */
async function noticesBefore(
  invocation: PlannedInvocation,
  key: Extract<StepKey, { readonly key: string }>,
  context: RunContext,
): Promise<readonly string[]> {
  try {
    const nearest = await nearestEntry({ invocation, key, unusable: undefined }, context)
    const isSameCode = nearest !== undefined && codeIn(nearest.tree) === codeIn(key.tree)
    return isSameCode ? (nearest.tree.notices ?? []) : []
  } catch {
    // What cannot be found out is said once more.
    return []
  }
}

function codeIn({ parts }: KeyTree): string {
  return JSON.stringify(parts.find(({ label }) => label === 'code')?.value)
}

/** What a worker in this process asks before it lets a result be reused. */
export function confirmationOf(key: StepKey | undefined): (() => Promise<string | undefined>) | undefined {
  const observation = key?.key === undefined ? undefined : key.observation
  return observation && (() => observation.changed())
}
