import type { Json } from '@cairnml/core'
import type { KeyChange } from '@cairnml/core/explain'

import { storeExternals } from './execute/store-externals.ts'
import { PlanningStore } from './plan/planning-store.ts'
import { StepPlanner } from './plan/step-planner.ts'
import { prepareRun, type RunRequest } from './prepare-run.ts'
import { knownVersion } from './registry/register-version.ts'

/** What a run would do with one step. */
export interface PlannedStep {
  readonly id: string
  readonly step: string
  readonly label: string
  /** `depends`: it runs only if one of the steps in `on` gives other bytes than before, or turns its condition. */
  readonly state: 'reused' | 'runs' | 'depends' | 'skipped'
  readonly on: readonly string[]
  /** Whether the one step in `on` is its condition and all that it depends on: it runs if that gives true. */
  readonly isConditional?: boolean | undefined
  /** Why it runs, as a clause: `parameter gamma 0.001 -> 0.0015 (against run nightly)`. */
  readonly reason?: string | undefined
  /** What differs from the nearest earlier entry, where that is why it runs. */
  readonly changes?: readonly KeyChange[] | undefined
  readonly params?: { readonly [name: string]: Json } | undefined
  readonly key?: string | undefined
  /** Why it cannot be cached, with the place in the code where there is one. */
  readonly uncacheable?: string | undefined
}

/** What a run would do, found out without doing anything. */
export interface RunPlan {
  readonly pipeline: string
  /** Absent where this structure was not run before. */
  readonly version?: number | undefined
  readonly steps: readonly PlannedStep[]
}

/**
 * Says what a run would do: which steps are reused, which run, and which run only if what they need changes. Nothing is
 * executed, recorded or stored.
 *
 * @throws usage errors, as a run does
 */
export async function planPipeline(request: RunRequest): Promise<RunPlan> {
  const prepared = await prepareRun(request)
  const { live, settings } = prepared
  const components = { ...prepared.components, artifactStore: new PlanningStore(prepared.components.artifactStore) }
  const externals = await storeExternals(live.externals, {
    store: components.artifactStore,
    outside: components.outside.references(),
  })
  const planner = new StepPlanner({ live, settings, components, outcomes: new Map(), externals })
  const steps: PlannedStep[] = []
  for (const invocation of live.plan.invocations) {
    const planned = await planner.plan(invocation)
    steps.push({ id: invocation.id, step: invocation.step, label: invocation.label, ...planned })
  }
  const { pipeline, structure } = live.plan
  return { pipeline, version: await knownVersion(components.metadataStore, pipeline, structure), steps }
}
