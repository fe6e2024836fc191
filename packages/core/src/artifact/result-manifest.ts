import type { ErrorRecord } from '../records/error-record.ts'
import type { ProcessIdentity } from '../records/process-identity.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { ArtifactRef } from './artifact-ref.ts'
import type { LogRef } from './step-log.ts'

/** A number that a step measured, at a point of its own progress where `step` is given. */
export interface Metric {
  readonly name: string
  readonly value: number
  readonly step?: number | undefined
}

/** The artifacts that an input was given: one, the items of a list, or none for an optional input. */
export type ResultInput = ArtifactRef | readonly ArtifactRef[]

/** That somebody declared an earlier result to be good for a step that was changed since. */
export interface Acceptance {
  /** Id of the cache entry whose outputs were taken over. */
  readonly from: string
  /** Who said so: `user@host`. */
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly reason?: string | undefined
}

/**
 * What a worker writes last: all that is known of one execution of a step. For a reusable result it is the cache entry,
 * under `cache/<zone>/<key>/<id>.json`; for any other it lies under `runs/`.
 */
export interface ResultManifest {
  readonly format: 1
  /** Sorts by time. */
  readonly id: string
  /** The cache key, where the result may be reused. */
  readonly key?: string | undefined
  readonly run: { readonly id: string; readonly name: string; readonly pipeline: string }
  readonly invocation: string
  readonly step: string
  readonly attempt: number
  readonly status: 'completed' | 'failed' | 'cancelled'
  /** Absent optional outputs are left out. */
  readonly outputs: { readonly [name: string]: ArtifactRef }
  readonly metrics: readonly Metric[]
  readonly metadata: { readonly [name: string]: Json }
  /** What the step printed and logged, if it did. */
  readonly log?: LogRef | undefined
  /** Milliseconds since the epoch, by the worker's clock. */
  readonly startedAt: number
  readonly endedAt: number
  readonly producer: ProcessIdentity
  readonly error?: ErrorRecord | undefined
  /** Why a result that was to be reusable has no key, as a clause: `data/a.csv changed while it ran`. */
  readonly notKept?: string | undefined
  /** Absent where the step itself was executed under this key. */
  readonly accepted?: Acceptance | undefined
}

/** A reusable result under its key. */
export interface CacheEntry extends ResultManifest {
  readonly key: string
  readonly status: 'completed'
}
