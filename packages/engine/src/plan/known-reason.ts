import type { ArtifactRef, KeyTree } from '@cairnml/core'

import { describeStep } from '../cache/describe-step.ts'
import { lookUp } from '../cache/look-up.ts'
import { resolveInputs, resolveParams } from '../execute/resolve-inputs.ts'
import type { LookUpContext } from '../execute/run-context.ts'
import { earlierEntries, loadExplain } from '../explain/explain-execution.ts'
import type { PlannedStep } from '../plan-pipeline.ts'
import { uncacheableText } from '../report/run-report.ts'
import type { PlannedInvocation, PlannedSource } from './plan.ts'

/** What is known beforehand of a step whose inputs may change. */
export interface KnownReason {
  /** Why it runs whatever its inputs turn out to be; absent where it runs only if they change. */
  readonly reason?: Pick<PlannedStep, 'reason' | 'changes' | 'uncacheable'> | undefined
  /** What it gave last. */
  readonly earlier?: { readonly [name: string]: ArtifactRef } | undefined
}

/**
 * Finds out whether a step runs in any case, although some of its inputs are still to come: because no earlier entry
 * agrees with it in all that is known.
 *
 * @param open the invocations whose outputs may change; the context has what they gave last, where that is known
 */
export async function knownReason(
  invocation: PlannedInvocation,
  open: ReadonlySet<string>,
  context: LookUpContext,
): Promise<KnownReason> {
  const params = await resolveParams(invocation, context)
  const inputs = resolveInputs(invocation, context)
  const key = await describeStep({ invocation, params, inputs }, context)
  if (key.key === undefined) {
    const uncacheable = uncacheableText(key)
    return { reason: { uncacheable, reason: `not cached: ${uncacheable}` } }
  }
  const { entry } = await lookUp(key, context.components)
  if (entry !== undefined) return { earlier: entry.outputs }
  const { compareKeyTrees, reasonText } = await loadExplain()
  const without = withoutParts(openLabels(invocation, open))
  const entries = await earlierEntries(invocation.step, context)
  const { pipeline } = context.live.plan
  const search = { tree: without(key.tree), invocation: invocation.id, pipeline, without }
  const nearest = await entries.nearest(search)
  if (nearest === undefined) return { reason: { reason: reasonText({ kind: 'first' }, { run: '', changes: [] }) } }
  const { stepRun, tree } = nearest
  const changes = compareKeyTrees(without(tree), without(key.tree))
  if (changes.length === 0) return { earlier: stepRun.outputs }
  const run = (await context.components.metadataStore.get('run', stepRun.run))?.name ?? `${stepRun.run} (removed)`
  const reason = reasonText({ kind: 'changed', against: stepRun.id }, { run, changes })
  return { reason: { reason, changes }, earlier: stepRun.outputs }
}

/** The parts of a key that depend on what is open; an own key may look at any input. */
function openLabels({ inputs, paramSources }: PlannedInvocation, open: ReadonlySet<string>): ReadonlySet<string> {
  const isOpen = (source: PlannedSource): boolean => source.kind === 'output' && open.has(source.invocation)
  const named = Object.entries(inputs).flatMap(([name, of]) => ([of].flat().some(isOpen) ? [`input:${name}`] : []))
  const params = Object.entries(paramSources).flatMap(([name, of]) => (isOpen(of) ? [`param:${name}`] : []))
  return new Set([...named, ...params, 'key'])
}

function withoutParts(labels: ReadonlySet<string>): (tree: KeyTree) => KeyTree {
  return (tree) => ({ ...tree, parts: tree.parts.filter(({ label }) => !labels.has(label)) })
}
