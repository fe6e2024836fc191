import type { ArtifactRef, ErrorRecord, Metric } from '@cairnml/core'

/** How a step of a run ended, as far as the steps after it are concerned. */
export type StepOutcome =
  | {
      readonly status: 'completed' | 'cached'
      readonly outputs: { readonly [name: string]: ArtifactRef }
      readonly metrics: readonly Metric[]
    }
  | { readonly status: 'failed'; readonly error: ErrorRecord; readonly thrown: unknown }
  | {
      readonly status: 'skipped'
      /** Whether a condition was false, here or above; otherwise something has failed. */
      readonly byCondition: boolean
    }
  | { readonly status: 'cancelled' }
