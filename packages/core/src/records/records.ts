import type { ArtifactRef } from '../artifact/artifact-ref.ts'
import type { KeyTree } from '../cache-policy/cache-policy.ts'
import type { Json } from '../encoding/tagged-json.ts'
import type { ErrorRecord } from './error-record.ts'
import type { Metric, ResultInput } from '../artifact/result-manifest.ts'
import type { LogRef } from '../artifact/step-log.ts'
import type { CodeProvenance } from '../provenance/provenance.ts'
import type { ProcessIdentity } from './process-identity.ts'
import type { Status } from './status.ts'

/** What every record has. Times in all records are milliseconds since the epoch. */
export interface RecordBase {
  readonly id: string
  /** Counts the writes of this record, from 1; an update names the revision that it replaces. */
  readonly revision: number
}

/** A pipeline by its name; the id is the name in lower case. */
export interface PipelineRecord extends RecordBase {
  readonly name: string
  readonly createdAt: number
}

/** A structure of a pipeline that was seen; the id is `<pipeline id>@<version>`. */
export interface PipelineVersionRecord extends RecordBase {
  readonly pipeline: string
  /** 1, 2, 3, ... within the pipeline. */
  readonly version: number
  /** sha256 of the structure. */
  readonly structure: string
  readonly createdAt: number
}

/** One component of the stack that a run used, without secrets. */
export interface ComponentSnapshot {
  readonly name: string
  readonly type: string
  readonly plugin: string
}

/** One execution of a pipeline; the id sorts by time. */
export interface RunRecord extends RecordBase {
  readonly name: string
  /** The name in lower case: names are unique ignoring case. */
  readonly nameKey: string
  readonly pipeline: string
  readonly version: number
  readonly status: Status
  readonly startedAt: number
  readonly endedAt?: number | undefined
  /** Validated parameters as tagged JSON. */
  readonly params: Json
  /**
   * The run's own options: cache mode, refresh, failure mode, settings for all steps. What it overrides in steps is in
   * their step runs.
   */
  readonly options: Json
  readonly tags: readonly string[]
  readonly stack: { readonly name: string; readonly components: { readonly [port: string]: ComponentSnapshot } }
  readonly process: ProcessIdentity
  /** Which state of the code it was made with, where the stack finds it out and a step executed; written at the end. */
  readonly provenance?: CodeProvenance | undefined
  readonly error?: ErrorRecord | undefined
  /**
   * The last value of each metric, by name: of the last step in the plan that has it, reused ones included. Written at
   * the end.
   */
  readonly metrics?: readonly Metric[] | undefined
  /** How many step runs ended in each state; written at the end. */
  readonly counts?: { readonly [status in Status]?: number } | undefined
}

/**
 * One execution of one step in a run; the id is `<run>.<invocation>`.
 *
 * A cached step run has `origin` and nothing of what it reuses: parameters, inputs, outputs and metrics are those of
 * the step run that it points to.
 */
export interface StepRunRecord extends RecordBase {
  readonly run: string
  readonly invocation: string
  readonly step: string
  /** Place in the plan, from 0. */
  readonly position: number
  readonly status: Status
  readonly startedAt: number
  readonly endedAt?: number | undefined
  /** The cache key, where the step could be cached. */
  readonly key?: string | undefined
  /** Id of the cache entry that was reused or made. */
  readonly entry?: string | undefined
  /** `step` again, where the step run executed and its result was kept: by it the entries of a step are found. */
  readonly entryOf?: string | undefined
  /** Id of the step run whose result a cached one reuses. */
  readonly origin?: string | undefined
  /** Why there is no key: one clause, with the place in the code where there is one. */
  readonly uncacheable?: string | undefined
  /** Why it executed although it could have been reused. */
  readonly why?: ExecutionReason | undefined
  readonly codeDigest?: string | undefined
  readonly params?: Json | undefined
  readonly inputs?: { readonly [name: string]: ResultInput } | undefined
  readonly outputs?: { readonly [name: string]: ArtifactRef } | undefined
  readonly metrics?: readonly Metric[] | undefined
  readonly metadata?: Json | undefined
  /** The options that were in force for this step. */
  readonly options?: Json | undefined
  readonly attempts?: readonly AttemptRecord[] | undefined
  readonly error?: ErrorRecord | undefined
}

/** Why a step run with a key executed. `against` is the id of the step run that made the entry in question. */
export type ExecutionReason =
  /** No entry of the step was known. */
  | { readonly kind: 'first' }
  /** What counts differs from the nearest earlier entry; `from` has the invocations behind inputs that changed. */
  | {
      readonly kind: 'changed'
      readonly against: string
      readonly from?: { readonly [input: string]: readonly string[] } | undefined
    }
  /** The same was made before, but the index has no entry of it. */
  | { readonly kind: 'entry-gone'; readonly against: string }
  /** There was an entry, but outputs of it are not in the artifact store. */
  | { readonly kind: 'output-gone'; readonly against: string; readonly outputs: readonly string[] }
  /** There was an entry, but the policy did not accept it. */
  | { readonly kind: 'refused'; readonly against: string; readonly reason: string }
  /** No entry was looked for: the run or the command line said so. */
  | { readonly kind: 'forced' }

/** One attempt of a step run. */
export interface AttemptRecord {
  readonly attempt: number
  readonly status: Status
  readonly startedAt: number
  readonly endedAt: number
  readonly error?: ErrorRecord | undefined
  /** What it printed and logged, where it came to an end and did so. */
  readonly log?: LogRef | undefined
}

/** The labelled parts of a cache key, stored once per key; the id is the key. */
export interface KeyTreeRecord extends RecordBase {
  readonly tree: KeyTree
  readonly createdAt: number
}

/** Every kind of record by its name. */
export interface RecordKinds {
  readonly pipeline: PipelineRecord
  readonly pipelineVersion: PipelineVersionRecord
  readonly run: RunRecord
  readonly stepRun: StepRunRecord
  readonly keyTree: KeyTreeRecord
}

/** The name of a kind of record. */
export type RecordKind = keyof RecordKinds
