import type { CachingOptions } from './caching-options.ts'
import type { Settings } from './component-settings.ts'
import type { After, Artifact } from './handle.ts'

/** What a hook is told. */
export interface HookEvent {
  readonly run: string
  readonly pipeline: string
  /** Invocation id; absent in hooks of a pipeline. */
  readonly step?: string
  /** In `onFailure`. */
  readonly error?: unknown
}

/** Functions called beside a step or pipeline. What they throw is logged and changes nothing. */
export interface Hooks {
  readonly onStart?: (event: HookEvent) => void | Promise<void>
  readonly onSuccess?: (event: HookEvent) => void | Promise<void>
  readonly onFailure?: (event: HookEvent) => void | Promise<void>
}

/** How a failed step is tried again. An error with `retryAfter` (seconds) overrides the delay. */
export interface Retry {
  /** Attempts in all. @default 1 */
  readonly attempts: number
  /** Before the second attempt: `'2s'`, `'500ms'`. @default '1s' */
  readonly delay?: string
  /** Each further delay is the one before times this. @default 2 */
  readonly backoff?: number
}

/** What a step asks of the machine that runs it, and of named limits of the project. */
export interface Resources {
  readonly cpu?: number
  /** For example `'4Gi'`. */
  readonly memory?: string
  readonly gpu?: number
  readonly [limit: string]: number | string | undefined
}

/**
 * Options of a step, also given on a pipeline as the default of its steps. Of each option the run's word counts, else
 * the step's, else that of the nearest pipeline: lists are replaced, not joined. None counts for caching but those of
 * `CachingOptions`.
 */
export interface StepOptions<Params = Readonly<Record<string, unknown>>> extends Hooks, CachingOptions<Params> {
  readonly retry?: Retry
  /** `'10m'`, `'30s'`, `'500ms'`, `'2h'`, `'1d'`. @default none */
  readonly timeout?: string
  readonly resources?: Resources
  /**
   * Settings for components of the stack, by component. Unlike other options they are joined: setting by setting the
   * run's word counts, else the step's, else that of the nearest pipeline.
   */
  readonly settings?: Settings
  /**
   * Names of environment variables that hold secrets. The function gets their values as `context.secrets`, and nothing
   * else does: they never count for caching, are never recorded, and whatever the step reports says `***` instead.
   */
  readonly secrets?: readonly string[]
  readonly tags?: readonly string[]
}

/** What happens to the rest of a run when a step has failed. */
export const FAILURE_MODES = ['fail-fast', 'stop-on-failure', 'continue-on-failure'] as const

/**
 * `fail-fast` cancels what runs, `stop-on-failure` lets it finish and starts nothing more, `continue-on-failure` runs
 * whatever does not need the failed step.
 */
export type FailureMode = (typeof FAILURE_MODES)[number]

/** Options of a pipeline. Hooks are called for its runs, not where it is inlined into another one. */
export interface PipelineOptions extends StepOptions {
  /** @default 'stop-on-failure' */
  readonly failureMode?: FailureMode
}

/** How a run uses the cache. */
export const CACHE_MODES = ['on', 'read', 'write', 'off'] as const

/**
 * `on` looks up and keeps; `read` looks up and keeps nothing; `write` runs everything and keeps it; `off` does neither.
 */
export type CacheMode = (typeof CACHE_MODES)[number]

/** How a run is shown while it goes on. */
export const PROGRESS_MODES = ['auto', 'live', 'plain'] as const

/**
 * `live` shows on a terminal what runs at this moment, below the lines of the run; `plain` gives nothing but lines, as
 * there are wherever there is no terminal; `auto` is `live` unless the variable `CI` is set.
 */
export type ProgressMode = (typeof PROGRESS_MODES)[number]

/** Changes to one step of a run. */
export interface StepOverrides extends StepOptions {
  /** Replaces parameters of the step, above what its call gives. */
  readonly params?: Readonly<Record<string, unknown>>
}

/** How a call of a step joins the graph. */
export interface CallOptions {
  /** @default the step's name, numbered where it is taken */
  readonly id?: string
  /** Runs after these, without taking data from them. */
  readonly after?: After
  /** Runs only if this turns out true; else it and what needs it is skipped. */
  readonly when?: Artifact<boolean>
}
