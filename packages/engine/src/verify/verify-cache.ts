import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { DEFAULT_ZONE, type Acceptance, type CacheEntry, type CodeIdentity, type StackDefinition } from '@cairnml/core'
import { isInline } from '@cairnml/core/stack'

import type { ResolvedInvocation } from '../cache/describe-step.ts'
import type { LookUpContext } from '../execute/run-context.ts'
import { storeExternals } from '../execute/store-externals.ts'
import { settle } from '../life-cycle/settle.ts'
import { assertStepNamed } from '../plan/assert-step-named.ts'
import { PlanningStore } from '../plan/planning-store.ts'
import { prepareRun, type PreparedRun, type RunRequest } from '../prepare-run.ts'
import { projectDirs } from '../project/project-dirs.ts'
import { rerunStep } from './rerun-step.ts'
import { sampleOf, type SampleSize } from './sample.ts'

/** Which results are looked at. */
export interface VerifyRequest extends RunRequest {
  readonly sample: SampleSize
  /** Decides which ones the sample takes; the same seed takes the same. */
  readonly seed: string
  /** Only invocations of this step, or this invocation. */
  readonly step?: string | undefined
  /** Told of each one as it ends. */
  readonly onVerified?: (verified: VerifiedStep) => void
  readonly signal?: AbortSignal | undefined
}

/** What came out for one reusable result. */
export interface VerifiedStep {
  readonly label: string
  readonly step: string
  readonly key: string
  /** Run that made the result. */
  readonly run: string
  /**
   * `same`: the bytes are those that were kept; `differs`: they are others, so the step is not deterministic, or what was
   * accepted is not what its code gives; `failed`: it did not run to its end; `unverifiable`: its code cannot run by itself.
   */
  readonly state: 'same' | 'differs' | 'failed' | 'unverifiable'
  /** Outputs whose bytes differ. */
  readonly outputs: readonly string[]
  /** That the result was made by other code, and somebody declared it good for this one. */
  readonly accepted?: Acceptance | undefined
  /** Why it failed or cannot be verified. */
  readonly problem?: string | undefined
}

/** What verifying has found. */
export interface VerifyReport {
  /** How many results of the pipeline can be reused. */
  readonly reusable: number
  readonly steps: readonly VerifiedStep[]
}

interface Reusable {
  readonly resolved: ResolvedInvocation
  readonly entry: CacheEntry
}

/**
 * Executes a sample of the results that a run would reuse again, each from its bundle in a process of its own, and
 * compares the bytes. Nothing is recorded or stored.
 *
 * @throws CAIRN_INVOCATION_UNKNOWN, and usage errors as a run does
 */
export async function verifyCache(request: VerifyRequest): Promise<VerifyReport> {
  const prepared = await prepareRun(request)
  const { live, settings, components } = prepared
  if (request.step !== undefined) assertStepNamed(request.step, live.plan)
  const artifactStore = new PlanningStore(components.artifactStore)
  const externals = await storeExternals(live.externals, {
    store: artifactStore,
    outside: components.outside.references(),
  })
  const context: LookUpContext = {
    live,
    settings,
    components: { ...components, artifactStore },
    outcomes: new Map(),
    externals,
  }
  const reusable: Reusable[] = []
  for (const invocation of live.plan.invocations) {
    const settled = await settle(invocation, context)
    const { id, step } = invocation
    const isMeant = request.step === undefined || request.step === step || request.step === id
    if (settled.state === 'reused' && isMeant) reusable.push(settled)
  }
  const nameOf = ({ resolved }: Reusable): string => resolved.invocation.id
  const sample = reusable.length === 0 ? [] : sampleOf(reusable, request.sample, { seed: request.seed, nameOf })
  const steps: VerifiedStep[] = []
  for (const one of sample) {
    const verified = await verifyStep(one, { ...request, definition: prepared.definition }, context)
    request.onVerified?.(verified)
    steps.push(verified)
  }
  return { reusable: reusable.length, steps }
}

type DefinedRequest = VerifyRequest & Pick<PreparedRun, 'definition'>

async function verifyStep(
  { resolved, entry }: Reusable,
  request: DefinedRequest,
  context: LookUpContext,
): Promise<VerifiedStep> {
  const { invocation } = resolved
  const folder = await mkdtemp(join(tmpdir(), 'cairn-verify-'))
  const { label, step } = invocation
  const accepted = entry.accepted === undefined ? {} : { accepted: entry.accepted }
  const found = { label, step, key: entry.key, run: entry.run.name, ...accepted }
  try {
    return { ...found, ...(await compare({ resolved, entry, folder }, request, context)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Comparison = Pick<VerifiedStep, 'state' | 'outputs' | 'problem'>

async function compare(
  { resolved, entry, folder }: Reusable & { readonly folder: string },
  request: DefinedRequest,
  context: LookUpContext,
): Promise<Comparison> {
  const { invocation, params, inputs } = resolved
  const step = context.live.nodes.get(invocation.id)?.step
  const stack = request.definition
  const problem = stackProblem(stack) ?? (step === undefined ? 'it is not part of this process' : undefined)
  if (problem !== undefined || step === undefined) return { state: 'unverifiable', outputs: [], problem }
  const bundle = await bundled(context.components.code, step, folder)
  if (!bundle.known) return { state: 'unverifiable', outputs: [], problem: reasonText(bundle) }
  const report = await rerunStep(
    {
      ...projectDirs(),
      stack,
      fallbackDirs: request.environment.fallbackDirs,
      module: bundle.module,
      form: step.ports.form,
      invocation: {
        run: entry.run,
        invocation: invocation.id,
        step: invocation.step,
        attempt: entry.attempt,
        zone: DEFAULT_ZONE,
        params,
        inputs,
        secrets: invocation.options.secrets,
      },
    },
    request.signal ?? new AbortController().signal,
  )
  if (report.status === 'failed') return { state: 'failed', outputs: [], problem: report.problem }
  const names = new Set([...Object.keys(entry.outputs), ...Object.keys(report.outputs)])
  const outputs = [...names].filter((name) => entry.outputs[name]?.digest !== report.outputs[name])
  return { state: outputs.length === 0 ? 'same' : 'differs', outputs }
}

async function bundled(
  code: CodeIdentity,
  step: Parameters<CodeIdentity['identify']>[0],
  folder: string,
): ReturnType<NonNullable<CodeIdentity['bundle']>> {
  return (
    code.bundle?.(step, { folder, profile: 'local' }) ?? { known: false, reason: 'its code cannot be bundled here' }
  )
}

/** Another process cannot be given a component that lives in this one. */
function stackProblem({ name, ...components }: StackDefinition): string | undefined {
  const inline = Object.values(components).some((reference) => isInline(reference))
  return inline ? `stack "${name}" has a component that lives in this process only` : undefined
}

function reasonText({ reason, at }: { readonly reason: string; readonly at?: string | undefined }): string {
  return at === undefined ? reason : `${reason} (${at})`
}
