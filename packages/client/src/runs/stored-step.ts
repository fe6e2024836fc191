import {
  cairnError,
  fromTaggedJson,
  SINGLE_OUTPUT,
  type AttemptRecord,
  type ErrorRecord,
  type ExecutionReason,
  type Json,
  type Metric,
  type PlainData,
  type ResultInput,
  type Status,
  type StepRunRecord,
} from '@cairnml/core'
import { refusalOf, type Refusal } from '@cairnml/core/explain'

import type { LoggedLine, LogOptions } from '../logs/read-log.ts'
import { RecordedArtifact, type StoredArtifact } from '../artifacts/stored-artifact.ts'
import type { ReadStores } from '../stack/open-stores.ts'
import type { PackageVersion } from './reached-packages.ts'
import type { ResultOrigin } from './result-origin.ts'

/** One step of a run as it is recorded. What a reused step has from its origin is read through it. */
export interface StoredStep {
  /** Invocation id: unique in the run. */
  readonly id: string
  readonly step: string
  /** As lines name it: the step, and the id where the step occurs twice. */
  readonly label: string
  readonly status: Status
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly endedAt: number | undefined
  readonly params: { readonly [name: string]: PlainData }
  readonly inputs: { readonly [name: string]: ResultInput }
  /**
   * The only output.
   *
   * @throws CAIRN_RESULT_MISSING where there is none, or several
   */
  readonly output: StoredArtifact
  readonly outputs: { readonly [name: string]: StoredArtifact }
  readonly metrics: readonly Metric[]
  readonly metadata: { readonly [name: string]: PlainData }
  /** The options that were in force, where it executed; settings are those that components were given. */
  readonly options: { readonly [name: string]: PlainData }
  /** The cache key, where the step could be cached. */
  readonly key: string | undefined
  /** Why there is no key, with the place in the code where there is one. */
  readonly uncacheable: string | undefined
  /** The kind of that reason and what to do about it, where Cairn knows it. */
  readonly refusal: Refusal | undefined
  /** Why it executed, where it could have been reused. */
  readonly why: ExecutionReason | undefined
  /** What made the result that was reused. */
  readonly origin: ResultOrigin | undefined
  /** The npm packages that its code reaches, where the key says so. */
  readonly packages: readonly PackageVersion[]
  readonly attempts: readonly AttemptRecord[]
  readonly error: ErrorRecord | undefined
  /**
   * The lines that it printed and logged, in order; of a reused step those of the step run that made its result. While
   * the step runs, all but the last two seconds.
   */
  log(options?: LogOptions): AsyncIterable<LoggedLine>
}

/** A step as it is recorded, from its record and, where it was reused, from that of the step run which it points to. */
export function storedStep(
  record: StepRunRecord,
  of: {
    readonly label: string
    /** Name of the run that it is a step of. */
    readonly run: string
    readonly stores: ReadStores
    readonly made: StepRunRecord | undefined
    readonly origin: ResultOrigin | undefined
    readonly packages: readonly PackageVersion[]
  },
): StoredStep {
  const { made = record, origin, packages, label } = of
  const outputs = outputsOf(made, { ...of, invocation: record.invocation })
  const step = {
    id: record.invocation,
    step: record.step,
    label,
    status: record.status,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    params: plainObject(made.params),
    inputs: made.inputs ?? {},
    outputs,
    metrics: made.metrics ?? [],
    metadata: plainObject(made.metadata),
    options: plainObject(record.options),
    key: record.key,
    uncacheable: record.uncacheable,
    refusal: record.uncacheable === undefined ? undefined : refusalOf(record.uncacheable),
    why: record.why,
    origin,
    packages,
    attempts: made.attempts ?? [],
    error: record.error,
    log: (options?: LogOptions) => logOf(record, of, options),
  }
  // Sound: the property is defined right here; it is not enumerable, for a copy of a step must not ask for it.
  return Object.defineProperty(step, 'output', { get: () => onlyOutput(record, outputs) }) as StoredStep
}

async function* logOf(
  record: StepRunRecord,
  { origin, stores }: { readonly origin: ResultOrigin | undefined; readonly stores: ReadStores },
  options: LogOptions | undefined,
): AsyncIterable<LoggedLine> {
  // Where a reused result comes from is not known any more.
  if (record.origin !== undefined && origin === undefined) return
  const { readLog } = await import('../logs/read-log.ts')
  const run = origin?.runId ?? record.run
  const invocation = origin?.invocation ?? record.invocation
  yield* readLog(await stores.artifacts(), { run, invocation }, options)
}

function outputsOf(
  { id, outputs = {} }: StepRunRecord,
  of: { readonly run: string; readonly invocation: string; readonly stores: ReadStores },
): StoredStep['outputs'] {
  const { run, invocation, stores } = of
  return Object.fromEntries(
    Object.entries(outputs).map(([name, artifact]) => {
      const named = { name: `${run}/${invocation}/${name}`, stores, madeBy: id }
      return [name, new RecordedArtifact(artifact, named)]
    }),
  )
}

function onlyOutput({ invocation, status }: StepRunRecord, outputs: StoredStep['outputs']): StoredArtifact {
  const names = Object.keys(outputs)
  const only = outputs[SINGLE_OUTPUT] ?? (names.length === 1 ? outputs[names[0] ?? ''] : undefined)
  if (only !== undefined) return only
  const several = `Step "${invocation}" has several outputs (${names.join(', ')}), so .output`
  const what = names.length > 1 ? several : `Step "${invocation}" has no stored output, so it`
  throw cairnError('CAIRN_RESULT_MISSING', { what, status })
}

/** Each value from its tagged JSON. */
export function plainObject(json: Json | undefined): { readonly [name: string]: PlainData } {
  if (json === undefined || typeof json !== 'object' || json === null || Array.isArray(json)) return {}
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromTaggedJson(value as Json)]))
}
