import { artifactChange, mayChange, type KeyTree, type Port } from '@cairnml/core'
import os from 'node:os'

import type { ResolvedInvocation, StepKey } from '../cache/describe-step.ts'
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

/**
 * What a worker in this process asks before it lets a result be reused: whether what the step declares, and what its
 * inputs refer to, is still as it was.
 */
export function confirmationOf(
  { invocation, inputs }: ResolvedInvocation,
  key: StepKey | undefined,
  context: RunContext,
): (() => Promise<string | undefined>) | undefined {
  if (key?.key === undefined) return undefined
  const { observation } = key
  const ports = context.live.nodes.get(invocation.id)?.step.ports.inputs ?? {}
  const referring = Object.entries(ports).filter(([name, port]) => inputs[name] !== undefined && mayChange(port))
  if (referring.length === 0) return observation && (() => observation.changed())
  return async () => (await observation?.changed()) ?? changedInput(referring, inputs, context)
}

async function changedInput(
  ports: readonly (readonly [name: string, port: Port])[],
  inputs: ResolvedInvocation['inputs'],
  { components, signal }: RunContext,
): Promise<string | undefined> {
  const outside = components.outside.references(signal)
  for (const [name, port] of ports) {
    const where = `The input "${name}"`
    const input = inputs[name]
    if (input === undefined) continue
    const at = { store: components.artifactStore, workDir: os.tmpdir(), where, outside }
    const change = await artifactChange(port, input, at).catch(
      () => 'what its inputs refer to cannot be looked at any more',
    )
    if (change !== undefined) return change
  }
  return undefined
}
