import { inputDigest, type ArtifactRef, type ExecutionReason } from '@cairnml/core'

import type { StepKey } from '../cache/describe-step.ts'
import type { UnusableEntry } from '../cache/look-up.ts'
import type { RunContext } from '../execute/run-context.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { earlierOutputs } from './earlier-outputs.ts'
import { explainExecution, nearestEntry } from './explain-execution.ts'
import { reusableBelow } from './reusable-below.ts'

/** What is known of a step that is about to execute. */
export interface ExecutingStep {
  readonly invocation: PlannedInvocation
  readonly key: StepKey | undefined
  readonly unusable: UnusableEntry | undefined
}

/** Why a step executes, and what it gave when that was last made. */
export interface Explained {
  readonly why?: ExecutionReason | undefined
  readonly earlier?: { readonly [name: string]: ArtifactRef } | undefined
}

/**
 * Says why a step executes that could have been reused; of one that was never made before there is nothing to say. An
 * explanation that cannot be found changes nothing: the step executes without one.
 */
export async function explainStep(step: ExecutingStep, context: RunContext): Promise<Explained> {
  const { invocation, key, unusable } = step
  if (key?.key === undefined) return {}
  try {
    const { reason, text, earlier } = await explainExecution({ invocation, key, unusable }, context)
    if (reason.kind !== 'first' && reason.kind !== 'forced') context.report.stepRuns(invocation.label, text)
    return { why: reason, earlier }
  } catch {
    return {}
  }
}

/** Says that a step which executed gave the same bytes as before, where that lets steps below it be reused. */
export async function explainCutOff(
  { invocation, key }: ExecutingStep,
  made: { readonly explained: Explained; readonly outputs: { readonly [name: string]: ArtifactRef } },
  context: RunContext,
): Promise<void> {
  if (Object.keys(made.outputs).length === 0) return
  const { why, earlier: known } = made.explained
  const isKeyed = key?.key !== undefined
  if (isKeyed && (why === undefined || why.kind === 'first')) return
  if (known !== undefined && !isSame(known, made.outputs)) return
  const count = reusableBelow(invocation, context.live.plan)
  if (count === 0) return
  try {
    const earlier = isKeyed
      ? (known ?? (await nearestEntry({ invocation, key, unusable: undefined }, context))?.stepRun.outputs)
      : await earlierOutputs(invocation, context)
    if (earlier !== undefined && isSame(earlier, made.outputs)) context.report.stepUnchanged(invocation.label, count)
  } catch {
    // As above: nothing depends on the line.
  }
}

type Outputs = Explained['earlier'] & object

function isSame(earlier: Outputs, outputs: Outputs): boolean {
  const names = Object.keys(outputs)
  return (
    names.length === Object.keys(earlier).length &&
    names.every((name) => digestIn(earlier, name) === digestIn(outputs, name))
  )
}

function digestIn(outputs: Outputs, name: string): string | undefined {
  const ref = outputs[name]
  return ref === undefined ? undefined : inputDigest(ref)
}
