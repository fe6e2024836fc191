export { runPipeline } from './run-pipeline.ts'
export { planPipeline, type PlannedStep, type RunPlan } from './plan-pipeline.ts'
export { checkRequest, type EngineEnvironment, type RunRequest } from './prepare-run.ts'
export type { StepLayer } from './settings/run-settings.ts'
export { lostRunError } from './process/exit-watch.ts'
export { interruptExitCode, onInterrupt, type Interrupt } from './process/interrupts.ts'
export { closeStacks } from './project/open-stacks.ts'
export { definedPipelines, findPipelineFile } from './project/find-pipeline-file.ts'
export { openProject, type OpenProject } from './project/open-project.ts'
export { projectDirs, type ProjectDirs } from './project/project-dirs.ts'
export {
  proposeRunRemoval,
  removeRuns,
  type RunRemoval,
  type RunRemovalProposal,
  type RunRules,
} from './life-cycle/run-removal.ts'
export { openCache, type CacheRequest, type CacheStores } from './life-cycle/open-cache.ts'
export { listEntries, type ListedEntry } from './life-cycle/list-entries.ts'
export { measureCache, type CacheMeasure } from './life-cycle/measure.ts'
export type { RecentUse, StepUse } from './life-cycle/recent-use.ts'
export type { PruneReason, PruneRules } from './life-cycle/prune-plan.ts'
export {
  proposePrune,
  proposeRemoval,
  removeProposed,
  type DoomedEntry,
  type Removal,
  type RemovalProposal,
} from './life-cycle/removal.ts'
export { GRACE_MS, type HeldBack, type Swept } from './life-cycle/sweep-content.ts'
export {
  proposeAcceptance,
  type AcceptanceProposal,
  type AcceptanceRequest,
  type StepAcceptance,
} from './life-cycle/propose-acceptance.ts'
export { acceptProposed } from './life-cycle/accept.ts'
export { verifyCache, type VerifiedStep, type VerifyReport, type VerifyRequest } from './verify/verify-cache.ts'
export { syncRuns, type SyncedRun } from './sync/sync-runs.ts'
export { pushArtifacts, type PushRequest } from './push/push-artifacts.ts'
export type { PushSelection } from './push/chosen-results.ts'
export type { PushProgress, PushReport, RefusedPush } from './push/push-report.ts'
export type { SyncRequest } from './sync/open-sync.ts'
export type { SampleSize } from './verify/sample.ts'
