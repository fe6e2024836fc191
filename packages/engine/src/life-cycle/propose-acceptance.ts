import { cairnError, type KeyTree } from '@cairnml/core'
import { changeText, type KeyChange } from '@cairnml/core/explain'

import { POLICY_CONTEXT } from '../cache/describe-step.ts'
import type { Components, LookUpContext } from '../execute/run-context.ts'
import { storeExternals } from '../execute/store-externals.ts'
import { assertStepNamed } from '../plan/assert-step-named.ts'
import type { PlannedInvocation } from '../plan/plan.ts'
import { PlanningStore } from '../plan/planning-store.ts'
import { prepareRun, type RunRequest } from '../prepare-run.ts'
import { weightOf, type ChangeWeight } from './change-weight.ts'
import { nearestEarlierResult, type EarlierResult } from './earlier-result.ts'
import { refusal, settle, type Settled } from './settle.ts'

/** One step whose earlier result would be kept under its new key. */
export interface StepAcceptance {
  readonly label: string
  readonly key: string
  readonly tree: KeyTree
  readonly earlier: EarlierResult
  /** Id of the newest entry that the index has under the key. */
  readonly newest?: string | undefined
}

/** What accepting a step would do, found out without doing anything. */
export interface AcceptanceProposal {
  readonly steps: readonly StepAcceptance[]
  /** Labels of the named invocations that are reused as they are. */
  readonly reused: readonly string[]
  readonly components: Components
}

/** Which step is to go on with its earlier result. */
export interface AcceptanceRequest extends RunRequest {
  /** Name of a step, for all of its invocations, or id of one invocation. */
  readonly step: string
  /** Also where inputs, parameters or declared extras differ. @default false */
  readonly force?: boolean | undefined
}

/**
 * Looks for the earlier results that a step could go on with. Nothing is executed, recorded or stored.
 *
 * @throws CAIRN_INVOCATION_UNKNOWN, CAIRN_ACCEPT_IMPOSSIBLE, CAIRN_ACCEPT_DIFFERS, and usage errors as a run does
 */
export async function proposeAcceptance(request: AcceptanceRequest): Promise<AcceptanceProposal> {
  const prepared = await prepareRun(request)
  const { live, settings } = prepared
  const { invocations } = live.plan
  const isNamed = ({ id, step }: PlannedInvocation): boolean => id === request.step || step === request.step
  assertStepNamed(request.step, live.plan)
  const components = { ...prepared.components, artifactStore: new PlanningStore(prepared.components.artifactStore) }
  const externals = await storeExternals(live.externals, {
    store: components.artifactStore,
    outside: components.outside.references(),
  })
  const context: LookUpContext = { live, settings, components, outcomes: new Map(), externals }
  const steps: StepAcceptance[] = []
  const reused: string[] = []
  for (const invocation of invocations) {
    const found = await settle(invocation, context)
    if (!isNamed(invocation) || found.state === 'skipped') continue
    if (found.state === 'reused') reused.push(invocation.label)
    else steps.push(await acceptance(invocation, found, { context, force: request.force === true }))
  }
  return { steps, reused, components: prepared.components }
}

async function acceptance(
  { id, label, step }: PlannedInvocation,
  found: Extract<Settled, { readonly state: 'open' | 'missing' }>,
  { context, force }: { readonly context: LookUpContext; readonly force: boolean },
): Promise<StepAcceptance> {
  if (found.state === 'open') throw impossible(label, found.problem)
  const earlier = await nearestEarlierResult({ step, tree: found.tree }, context.components)
  if (earlier === undefined) throw impossible(label, 'it has none whose outputs are still there')
  assertAcceptable(label, earlier, force)
  const { cachePolicy } = context.components
  const judge = cachePolicy.accept === undefined ? POLICY_CONTEXT.next : cachePolicy
  const verdict = await judge.accept?.(earlier.entry, found.step, POLICY_CONTEXT)
  if (verdict?.accepted === false) throw impossible(label, refusal(verdict.reason))
  const { outputs, metrics } = earlier.entry
  context.outcomes.set(id, { status: 'cached', outputs, metrics })
  const { key, tree, newest } = found
  return { label, key, tree, earlier, newest }
}

function assertAcceptable(step: string, { changes }: EarlierResult, force: boolean): void {
  const of = (weight: ChangeWeight): readonly KeyChange[] => changes.filter((change) => weightOf(change) === weight)
  const [form] = of('form')
  if (form !== undefined) throw impossible(step, `its nearest one has another form (${changeText(form)})`)
  const content = of('content')
  if (content.length === 0 || force) return
  throw cairnError('CAIRN_ACCEPT_DIFFERS', { step, differences: content.map((change) => changeText(change)) })
}

function impossible(step: string, problem: string): Error {
  return cairnError('CAIRN_ACCEPT_IMPOSSIBLE', { step, problem })
}
