import type { CacheMode, FailureMode, Json, StepOptions } from '@cairnml/core'
import type { SettablePort } from '@cairnml/core/stack'

/** Where an input of a planned invocation comes from, JSON-safe. */
export type PlannedSource =
  | { readonly kind: 'output'; readonly invocation: string; readonly output: string }
  | { readonly kind: 'external'; readonly external: number }

/** Whether and how one invocation uses the cache. */
export interface CacheUse {
  readonly lookUp: boolean
  readonly keep: boolean
}

/** What is said of an invocation to one component. */
export interface PlannedSettings {
  /** Type of the component. */
  readonly for: string
  /** As its schema gives them, as tagged JSON. */
  readonly values: Json
}

/** One invocation of a plan. */
export interface PlannedInvocation {
  readonly id: string
  readonly step: string
  /** The role, where the step fills a slot. */
  readonly slot?: string | undefined
  /** As log lines name it: the step, and the id where the step occurs twice. */
  readonly label: string
  readonly position: number
  /** Validated parameters as tagged JSON; absent while one of them is still to come from a step. */
  readonly params?: { readonly [name: string]: Json } | undefined
  readonly paramSources: { readonly [name: string]: PlannedSource }
  readonly inputs: { readonly [name: string]: PlannedSource | readonly PlannedSource[] }
  /** Invocations whose data it cannot do without. */
  readonly requires: readonly string[]
  /** Every invocation that has to end before: those, optional inputs, the condition, `after`. */
  readonly waitsFor: readonly string[]
  readonly when?: PlannedSource | undefined
  readonly cache: CacheUse
  /** Whether it says anything of what it depends on outside of the run: files, urls, env, key, expires or cache. */
  readonly declaresOutside: boolean
  /** Options that are in force, without functions. */
  readonly options: Omit<StepOptions, 'onStart' | 'onSuccess' | 'onFailure' | 'cache' | 'key' | 'settings'>
  /** What is said of it to components of the stack, checked, by their place in it. */
  readonly settings?: { readonly [P in SettablePort]?: PlannedSettings | undefined } | undefined
}

/** The resolved graph of a run: what is to be done, as plain JSON. */
export interface Plan {
  readonly pipeline: string
  /** sha256 of the structure: equal structures are one version. */
  readonly structure: string
  readonly params: Json
  readonly tags: readonly string[]
  readonly cacheMode?: CacheMode | undefined
  /** Whether anything in the run may be reused. */
  readonly cachingEnabled: boolean
  readonly failureMode: FailureMode
  /** Each after what it waits for. */
  readonly invocations: readonly PlannedInvocation[]
  /** Types of the data from outside, by number. */
  readonly externals: readonly { readonly type: string }[]
}
