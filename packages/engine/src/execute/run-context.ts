import type {
  ArtifactRef,
  ArtifactStore,
  CacheIndex,
  CachePolicy,
  CodeIdentity,
  MetadataStore,
  Orchestrator,
  RunRecord,
  StepRunRecord,
} from '@cairnml/core'

import type { Outside } from '../declared/outside.ts'
import type { Limits } from '../limits/limits.ts'
import type { LivePlan } from '../plan/make-plan.ts'
import type { Recorder } from '../record/recorder.ts'
import type { ProvenanceWatch } from '../provenance/provenance-watch.ts'
import type { RunReport } from '../report/run-report.ts'
import type { RunSettings } from '../settings/run-settings.ts'
import type { StepOutcome } from './step-outcome.ts'

/** The components of a stack, ready to use. */
export interface Components {
  readonly orchestrator: Orchestrator
  readonly artifactStore: ArtifactStore
  readonly metadataStore: MetadataStore
  readonly cachePolicy: CachePolicy
  readonly cacheIndex: CacheIndex
  readonly code: CodeIdentity
  /** What is around the steps of this run. */
  readonly outside: Outside
}

/** What planning and running one step need. */
export interface LookUpContext {
  readonly live: LivePlan
  readonly settings: RunSettings
  readonly components: Components
  readonly outcomes: Map<string, StepOutcome>
  /** The data from outside, by number. */
  readonly externals: readonly ArtifactRef[]
  /** Ends what takes long; absent where nothing can be cancelled. */
  readonly signal?: AbortSignal | undefined
}

/** Everything that the steps of one run share. */
export interface RunContext extends LookUpContext {
  readonly run: RunRecord
  /** Place in the plan by invocation id. */
  readonly positions: ReadonlyMap<string, number>
  readonly recorder: Recorder
  /** The records of step runs that have begun to execute, as they were then, by id. */
  readonly begunSteps: Map<string, StepRunRecord>
  /** Keys under which results were reused that somebody accepted for them: no run has executed under them. */
  readonly acceptedKeys: Set<string>
  readonly report: RunReport
  /** Aborted when the run is cancelled, or a step failed in the mode `fail-fast`. */
  readonly stop: AbortController
  /** Label of the step after whose failure nothing more starts. */
  stoppedBy: string | undefined
  /** Named limits of the project, where it has some. */
  readonly limits: Limits | undefined
  /** How long the holder of a lease may be silent, in milliseconds. */
  readonly leaseMs: number
  /** Finds out which state of the code the run is made with, once a step really executes. */
  readonly provenance: ProvenanceWatch
  /** Makes sure that the artifact store says which layout it has; called before anything is put. */
  readonly markStore: () => Promise<void>
  /** Called before the first step that really executes. */
  readonly prepare: () => Promise<void>
}
