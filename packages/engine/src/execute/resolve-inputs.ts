import { readArtifact, validateParams, type ArtifactRef, type Json, type ResultInput } from '@cairnml/core'
import os from 'node:os'

import { encodeParams, givenParams, paramsOwner } from '../plan/planned-params.ts'
import type { PlannedInvocation, PlannedSource } from '../plan/plan.ts'
import { overridesOf } from '../settings/run-settings.ts'
import type { LookUpContext } from './run-context.ts'

/** The artifacts behind the inputs of an invocation. What is absent and may be is left out. */
export function resolveInputs(
  invocation: PlannedInvocation,
  context: LookUpContext,
): { readonly [name: string]: ResultInput } {
  const inputs: Record<string, ResultInput> = {}
  for (const [name, source] of Object.entries(invocation.inputs)) {
    const found = isList(source)
      ? source.flatMap((item) => resolveSource(item, context) ?? [])
      : resolveSource(source, context)
    if (found !== undefined) inputs[name] = found
  }
  return inputs
}

/** The artifact behind a source, or `undefined` if its step gave none. */
export function resolveSource(source: PlannedSource, context: LookUpContext): ArtifactRef | undefined {
  if (source.kind === 'external') return context.externals[source.external]
  const outcome = context.outcomes.get(source.invocation)
  return outcome !== undefined && 'outputs' in outcome ? outcome.outputs[source.output] : undefined
}

/**
 * The validated parameters of an invocation; those that come from steps are loaded and checked here.
 *
 * @throws the codes of the parameter area and of reading an artifact
 */
export async function resolveParams(
  invocation: PlannedInvocation,
  context: LookUpContext,
): Promise<{ readonly [name: string]: Json }> {
  const node = context.live.nodes.get(invocation.id)
  if (invocation.params !== undefined || node === undefined) return invocation.params ?? {}
  const overrides = overridesOf(context.settings, { id: node.id, step: node.step.name })
  const given: Record<string, unknown> = { ...givenParams(node, overrides) }
  for (const [name, source] of Object.entries(invocation.paramSources)) {
    const port = node.paramSources[name]?.port
    const ref = resolveSource(source, context)
    if (overrides.params?.[name] !== undefined || port === undefined || ref === undefined) continue
    const where = `The parameter "${name}" of step "${node.id}"`
    given[name] = await readArtifact(port, ref, {
      store: context.components.artifactStore,
      workDir: os.tmpdir(),
      where,
    })
  }
  return encodeParams(validateParams(node.step.params, given, paramsOwner(node, context.live.plan.pipeline)))
}

function isList(source: PlannedSource | readonly PlannedSource[]): source is readonly PlannedSource[] {
  return Array.isArray(source)
}
