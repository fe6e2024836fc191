import {
  cacheKey,
  fromTaggedJson,
  inputDigest,
  portTypeName,
  type Json,
  type KeyTree,
  type PlainData,
  type ResultInput,
  type StepForCaching,
  type Uncacheable,
} from '@cairnml/core'

import type { LookUpContext } from '../execute/run-context.ts'
import type { PlannedInvocation } from '../plan/plan.ts'

/** What a step invocation is by its content: parameters and inputs resolved. */
export interface ResolvedInvocation {
  readonly invocation: PlannedInvocation
  readonly params: { readonly [name: string]: Json }
  readonly inputs: { readonly [name: string]: ResultInput }
}

/** The cache key of a step with its parts, or why there is none. */
export type StepKey =
  | { readonly key: string; readonly tree: KeyTree; readonly step: StepForCaching; readonly codeDigest?: string }
  | (Uncacheable & { readonly key?: undefined })

/** Asks the policy what a step is and makes the key. */
export async function describeStep(resolved: ResolvedInvocation, context: LookUpContext): Promise<StepKey> {
  const step = stepForCaching(resolved, context)
  const described = await context.components.cachePolicy.describe(step)
  if ('uncacheable' in described) return described
  const code = described.parts.find((part) => part.label === 'code')?.value
  return {
    key: cacheKey(described),
    tree: described,
    step,
    ...(typeof code === 'string' ? { codeDigest: code } : {}),
  }
}

function stepForCaching({ invocation, params, inputs }: ResolvedInvocation, context: LookUpContext): StepForCaching {
  const { live, components } = context
  const node = live.nodes.get(invocation.id)
  const ports = node?.step.ports ?? { inputs: {}, outputs: {} }
  let decoded: { readonly [name: string]: PlainData } | undefined
  return {
    step: invocation.step,
    invocation: invocation.id,
    pipeline: live.plan.pipeline,
    inputs: Object.entries(ports.inputs).map(([name, port]) => {
      const input = inputs[name]
      const type = portTypeName(port)
      return input === undefined ? { name, type } : { name, type, digest: inputDigest(input) }
    }),
    outputs: Object.entries(ports.outputs).map(([name, port]) => ({ name, type: portTypeName(port) })),
    get params() {
      decoded ??= Object.fromEntries(Object.entries(params).map(([name, json]) => [name, fromTaggedJson(json)]))
      return decoded
    },
    code: async () =>
      node === undefined
        ? { known: false, reason: 'it is not part of this process' }
        : components.code.identify(node.step),
  }
}
