import {
  cacheKey,
  ContentCachePolicy,
  fromTaggedJson,
  inputDigest,
  portTypeName,
  type CodeIdentity,
  type GraphNode,
  type Json,
  type KeyFacts,
  type KeyTree,
  type KnownCode,
  type PlainData,
  type PolicyContext,
  type PortMap,
  type ResultInput,
  type StepCode,
  type StepForCaching,
  type Uncacheable,
} from '@cairnml/core'

import { Observation } from '../declared/observation.ts'
import { noticesOf } from '../declared/undeclared-reads.ts'
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
  | {
      readonly key: string
      readonly tree: KeyTree
      readonly step: StepForCaching
      /** Declared outputs. */
      readonly outputs: PortMap
      readonly codeDigest?: string
      /** What of the outside counted, as it was; absent where nothing did. */
      readonly observation?: Observation | undefined
    }
  | (Uncacheable & { readonly key?: undefined })

/** What a policy gets besides the step. */
export const POLICY_CONTEXT: PolicyContext = { next: new ContentCachePolicy() }

/**
 * Asks the policy what a step is and makes the key.
 *
 * @throws CAIRN_DECLARED_FILE, CAIRN_DECLARED_URL, CAIRN_KEY_FUNCTION, CAIRN_UNDECLARED_READ
 */
export async function describeStep(resolved: ResolvedInvocation, context: LookUpContext): Promise<StepKey> {
  const asked = new AskedOf()
  const node = context.live.nodes.get(resolved.invocation.id)
  const step = stepForCaching(resolved, { node, context, asked })
  const described = await context.components.cachePolicy.describe(step, POLICY_CONTEXT)
  if ('uncacheable' in described) return described
  const notices = noticesOf(resolved.invocation, node, asked.code)
  const code = described.parts.find((part) => part.label === 'code')?.value
  return {
    key: cacheKey(described),
    tree: notices.length === 0 ? described : { ...described, notices },
    step,
    outputs: node?.step.ports.outputs ?? {},
    observation: asked.observation,
    ...(typeof code === 'string' ? { codeDigest: code } : {}),
  }
}

/** What a policy asked for. */
class AskedOf {
  /** Present if the code was asked for and is known. */
  code: KnownCode | undefined
  observation: Observation | undefined
}

interface DescribedIn {
  readonly node: GraphNode | undefined
  readonly context: LookUpContext
  readonly asked: AskedOf
}

/** Its properties are its own, so that a policy can copy it with changes. */
function stepForCaching(
  { invocation, params, inputs }: ResolvedInvocation,
  { node, context, asked }: DescribedIn,
): StepForCaching {
  const { live, components } = context
  const ports = node?.step.ports ?? { inputs: {}, outputs: {} }
  const key = live.keys.get(invocation.id)
  const settings = invocation.settings?.cachePolicy
  let decoded: { readonly [name: string]: PlainData } | undefined
  let code: Promise<StepCode> | undefined
  const observed = (): Observation => (asked.observation ??= observe(step, { invocation, context }))
  const step: StepForCaching = {
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
    options: invocation.options,
    ...(settings === undefined ? {} : { settings: fromTaggedJson(settings.values) }),
    platform: PLATFORM,
    code: () => (code ??= identify(node, components.code, asked)),
    files: () => observed().files(),
    urls: () => observed().urls(),
    variables: (names) => observed().variables(names),
    ...(key === undefined ? {} : { ownKey: () => observed().ownKey() }),
  }
  return step
}

const PLATFORM = `${process.platform}-${process.arch}-${process.versions.modules}`

async function identify(node: GraphNode | undefined, identity: CodeIdentity, asked: AskedOf): Promise<StepCode> {
  if (node === undefined) return { known: false, reason: 'it is not part of this process' }
  const code = await identity.identify(node.step)
  if (code.known) asked.code = code
  return code
}

function observe(
  step: StepForCaching,
  of: { readonly invocation: PlannedInvocation; readonly context: LookUpContext },
): Observation {
  const { invocation, context } = of
  const key = context.live.keys.get(invocation.id)
  const facts = (): KeyFacts => ({
    params: step.params,
    inputs: Object.fromEntries(step.inputs.map(({ name, digest }) => [name, digest])),
  })
  return new Observation(
    { step: invocation.step, options: invocation.options, signal: context.signal, key: key && { of: key, facts } },
    context.components.outside,
  )
}
