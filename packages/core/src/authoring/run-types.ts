import type { ArtifactRef } from '../artifact/artifact-ref.ts'
import type { Metric } from '../artifact/result-manifest.ts'
import type { ErrorRecord } from '../records/error-record.ts'
import type { Status } from '../records/status.ts'
import type { StackDefinition } from '../stack/define-stack.ts'
import type { Settings } from './component-settings.ts'
import type { CacheMode, FailureMode, ProgressMode, StepOverrides } from './options.ts'
import type { Results } from './pipeline-types.ts'

/** Options of one run. They win over those of steps and pipeline. */
export interface RunOptions {
  /**
   * Unique; `{{date}}`, `{{time}}` and own `substitutions` are filled in.
   * @default '{{pipeline}}-{{date}}-{{time}}'
   */
  readonly name?: string
  /** Own placeholders of the name: `{ team: 'vision' }` for `{{team}}`. */
  readonly substitutions?: Readonly<Record<string, string>>
  /** A stack by name, or one defined in code. @default 'default' */
  readonly stack?: string | StackDefinition
  readonly tags?: readonly string[]
  /** `true` is `on`, `false` is `off`. @default the `CAIRN_CACHE` variable, else what steps and pipeline say */
  readonly cache?: boolean | CacheMode
  /** Steps (or invocation ids) that run although a result is there; the new result is kept. */
  readonly refresh?: readonly string[]
  /** Changes by step name or invocation id. */
  readonly steps?: Readonly<Record<string, StepOverrides>>
  /** Settings for components of the stack, for all steps; those in `steps` win over them. */
  readonly settings?: Settings
  /** @default that of the pipeline, else 'stop-on-failure' */
  readonly failureMode?: FailureMode
  /** Reject when a step failed. @default true */
  readonly reject?: boolean
  /** Cancels the run. */
  readonly signal?: AbortSignal
  /** Where the lines of the run go; `false` for nowhere. @default standard output */
  readonly log?: false | ((line: string) => void)
  /** How it is shown where `log` is not set. @default the `CAIRN_PROGRESS` variable, else 'auto' */
  readonly progress?: ProgressMode
}

/** A stored value that can be loaded. */
export interface StoredValue<T = unknown> {
  /** Where it lies; absent where the step has not completed or left an optional output out. */
  readonly artifact: ArtifactRef | undefined
  load(): Promise<T>
}

/** One step of a run, as it ended. */
export interface StepRun {
  readonly id: string
  readonly step: string
  readonly status: Status
  /** The only output. */
  readonly output: StoredValue
  readonly outputs: Readonly<Record<string, StoredValue>>
  readonly metrics: readonly Metric[]
  readonly error: ErrorRecord | undefined
}

/** A run that has ended. */
export interface Run<R = unknown> {
  readonly id: string
  readonly name: string
  readonly pipeline: string
  readonly version: number
  readonly status: Status
  /** What `build` returned, loadable. */
  readonly result: Results<R>
  /** By invocation id. */
  readonly steps: Readonly<Record<string, StepRun>>
}
