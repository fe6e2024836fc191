export { createClient, type Client, type PendingRun } from './create-client.ts'
export type {
  Decision,
  ExplainedChange,
  ExplainOptions,
  RunExplanation,
  StepExplanation,
} from './explain/explanation.ts'
export { localTime } from './explain/local-time.ts'
export type { LoggedLine, LogOptions } from './logs/read-log.ts'
export type { PackageVersion } from './runs/reached-packages.ts'
export type { ResultOrigin } from './runs/result-origin.ts'
export type { StoredRun } from './runs/stored-run.ts'
export type { StoredStep } from './runs/stored-step.ts'
export type { ClientOptions } from './stack/open-stores.ts'
