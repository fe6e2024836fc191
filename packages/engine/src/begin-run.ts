import { markLayout, type ArtifactRef, type Orchestrator, type RunRecord } from '@cairnml/core'

import type { RunContext } from './execute/run-context.ts'
import { storeExternals } from './execute/store-externals.ts'
import type { PreparedRun } from './prepare-run.ts'
import { Recorder } from './record/recorder.ts'
import { ProvenanceWatch } from './provenance/provenance-watch.ts'
import { assertNameFree, claimRun } from './registry/claim-run.ts'
import { markLostRuns } from './registry/lost-runs.ts'
import { registerVersion } from './registry/register-version.ts'
import type { RunReport } from './report/run-report.ts'

/** Registers the version, records that the run begins, and says so. */
export async function beginRun(prepared: PreparedRun, report: RunReport): Promise<RunContext> {
  const { live, settings, stack, components } = prepared
  const { plan } = live
  const store = components.metadataStore
  await assertNameFree(store, plan.pipeline, settings)
  const mark = once(async () => {
    if (!prepared.layoutIsMarked) await markLayout(components.artifactStore)
  })
  const externals = await storeData(prepared, report, mark)
  await markLostRuns(store)
  const registered = await registerVersion(store, plan.pipeline, plan.structure)
  report.pipeline(plan.pipeline, registered)
  const { name, components: snapshot } = stack
  const run = await claimRun(store, {
    plan,
    settings,
    version: registered.version,
    stack: { name, components: snapshot },
  })
  report.planned(plan.invocations.length)
  report.creatingRun(run.name, plan.pipeline, plan.cachingEnabled)
  report.usingStack(stack.name, plan.pipeline)
  for (const component of prepared.unusedSettings) report.unusedSettings(component, stack.name)
  if (components.cacheIndex.acquire === undefined && plan.invocations.some(({ cache }) => cache.keep)) {
    report.noLeases(components.cacheIndex.name)
  }
  if (plan.cacheMode !== undefined) report.cacheOverride(plan.cacheMode)
  const stop = new AbortController()
  const provenance = new ProvenanceWatch(stack)
  return {
    live,
    settings,
    components,
    externals,
    run,
    report,
    outcomes: new Map(),
    positions: new Map(plan.invocations.map(({ id }, position) => [id, position])),
    recorder: new Recorder(store),
    begunSteps: new Map(),
    acceptedKeys: new Set(),
    stop,
    signal: stop.signal,
    stoppedBy: undefined,
    limits: prepared.limits,
    leaseMs: prepared.leaseMs,
    provenance,
    markStore: mark,
    prepare: once(async () => {
      provenance.start()
      await mark()
      await prepareOrchestrator(components.orchestrator, run, stop.signal)
    }),
  }
}

async function storeData(
  prepared: PreparedRun,
  report: RunReport,
  mark: () => Promise<void>,
): Promise<readonly ArtifactRef[]> {
  const { externals } = prepared.live
  if (externals.length === 0) return []
  await mark()
  const { artifactStore: store, outside } = prepared.components
  return storeExternals(externals, {
    store,
    outside: outside.references(),
    warn: (text) => report.externalNotice(text),
  })
}

async function prepareOrchestrator(orchestrator: Orchestrator, run: RunRecord, signal: AbortSignal): Promise<void> {
  const { id, name, pipeline } = run
  await orchestrator.prepare?.({ id, name, pipeline }, { signal })
}

/** Does the work at the first call; every call waits for it. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
