export type { Lineage, LineageArtifact, LineageOptions, LineageStep } from './artifacts/lineage.ts'
export type { StoredArtifact } from './artifacts/stored-artifact.ts'
export { createClient, type Client } from './create-client.ts'
export type {
  Decision,
  ExplainedChange,
  ExplainOptions,
  RunExplanation,
  StepExplanation,
} from './explain/explanation.ts'
export { localTime } from './explain/local-time.ts'
export type { FollowedLine, FollowOptions } from './logs/follow-log.ts'
export type { LoggedLine, LogOptions } from './logs/read-log.ts'
export type { StoredPipeline, StoredPipelineVersion } from './pipelines/stored-pipeline.ts'
export type { RunReport } from '@cairnml/core/run-report'
export type { PendingRun } from './runs/pending-run.ts'
export type { PendingArtifact, PendingStep } from './runs/pending-step.ts'
export type { PackageVersion } from './runs/reached-packages.ts'
export type { ResultOrigin } from './runs/result-origin.ts'
export type { RunPage, RunQuery } from './runs/run-query.ts'
export type { StoredRun } from './runs/stored-run.ts'
export type { StoredStep } from './runs/stored-step.ts'
export type { ClientOptions, ReportSource } from './stack/open-stores.ts'
export { factColumns, runTable, runValue, type RunTable, type TableValue } from './tables/run-table.ts'
export { parseWhere, type RunCondition } from './where/parse-where.ts'
export { RUN_FIELDS } from './where/where-fields.ts'
