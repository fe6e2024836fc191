import {
  cairnError,
  errorRecord,
  isSurelyDead,
  nearestName,
  type CodeProvenance,
  type ErrorRecord,
  type PlainData,
  type ProcessIdentity,
  type RunRecord,
  type Status,
  type StepRunRecord,
} from '@cairnml/core'
import type { RunReport } from '@cairnml/core/run-report'

import type { ExplainOptions, RunExplanation, StepExplanation } from '../explain/explanation.ts'
import { keyTreeOf } from '../explain/key-trees.ts'
import type { FollowedLine, FollowOptions } from '../logs/follow-log.ts'
import type { ReadStores } from '../stack/open-stores.ts'
import { reachedPackages } from './reached-packages.ts'
import { resultOrigin } from './result-origin.ts'
import { pendingStep, type PendingStep } from './pending-step.ts'
import { plainObject, storedStep, type StoredStep } from './stored-step.ts'

/** A run as it is recorded. */
export interface StoredRun {
  readonly id: string
  readonly name: string
  readonly pipeline: string
  readonly version: number
  /** A run whose process died is failed, also while nobody has noticed it yet. */
  readonly status: Status
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly endedAt: number | undefined
  readonly params: { readonly [name: string]: PlainData }
  /** The run's own options: `cache`, `refresh`, `failureMode`. */
  readonly options: { readonly [name: string]: PlainData }
  readonly tags: readonly string[]
  /** The last value of each metric, of the last step in the plan that has it. */
  readonly metrics: { readonly [name: string]: number }
  /** How many steps ended in each state; absent where the run has not ended. */
  readonly counts: RunRecord['counts']
  readonly stack: RunRecord['stack']
  /** Who ran it, where, with which Node. */
  readonly process: ProcessIdentity
  /** Which state of the code it was made with, where its stack finds that out and a step executed. */
  readonly provenance: CodeProvenance | undefined
  readonly error: ErrorRecord | undefined
  /** Its steps in the order of the plan. */
  steps(): Promise<readonly StoredStep[]>
  /**
   * One step: by its invocation id, or by its name where the step is called once. Await it, or ask it at once:
   * `await run.step('train').output.load()`.
   *
   * @throws CAIRN_STEP_RUN_UNKNOWN
   */
  step(name: string): PendingStep
  /**
   * What its steps print and log, line by line, until the run has ended; the run may be one of another process. Lines
   * come about two seconds after they are written. Of a run on another machine whose process died it does not end.
   *
   * @throws CAIRN_STEP_RUN_UNKNOWN at the end, where the run had no such step
   */
  follow(options?: FollowOptions): AsyncIterable<FollowedLine>
  /** Everything that is recorded of it, as plain JSON: a client reads it with the option `report`. */
  report(): Promise<RunReport>
  /** Why each step was reused or ran. */
  explain(): Promise<RunExplanation>
  /**
   * Why a step was reused or ran, or how it differs from the same step of another run.
   *
   * @throws CAIRN_STEP_RUN_UNKNOWN; CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS for `against`
   */
  explain(step: string, options?: ExplainOptions): Promise<StepExplanation>
}

/** A run from its record; steps are read when they are asked for. */
export class RecordedRun implements StoredRun {
  readonly record: RunRecord
  readonly #stores: ReadStores
  readonly #runs = new Map<string, Promise<RunRecord | undefined>>()
  #stepRuns: Promise<readonly StepRunRecord[]> | undefined
  /** How often each step occurs. */
  #counts: ReadonlyMap<string, number> | undefined
  readonly #lost: ErrorRecord | undefined

  constructor(record: RunRecord, stores: ReadStores) {
    this.record = record
    this.#stores = stores
    this.#lost = record.status === 'running' && isSurelyDead(record.process) ? lostError(record) : undefined
    this.#runs.set(record.id, Promise.resolve(record))
  }

  get id(): string {
    return this.record.id
  }

  get name(): string {
    return this.record.name
  }

  get pipeline(): string {
    return this.record.pipeline
  }

  get version(): number {
    return this.record.version
  }

  get status(): Status {
    return this.#lost === undefined ? this.record.status : 'failed'
  }

  get startedAt(): number {
    return this.record.startedAt
  }

  get endedAt(): number | undefined {
    return this.record.endedAt
  }

  get params(): StoredRun['params'] {
    return plainObject(this.record.params)
  }

  get options(): StoredRun['options'] {
    return plainObject(this.record.options)
  }

  get tags(): readonly string[] {
    return this.record.tags
  }

  get metrics(): StoredRun['metrics'] {
    return Object.fromEntries((this.record.metrics ?? []).map(({ name, value }) => [name, value]))
  }

  get counts(): RunRecord['counts'] {
    return this.record.counts
  }

  get stack(): RunRecord['stack'] {
    return this.record.stack
  }

  get process(): ProcessIdentity {
    return this.record.process
  }

  get provenance(): CodeProvenance | undefined {
    return this.record.provenance
  }

  get error(): ErrorRecord | undefined {
    return this.#lost ?? this.record.error
  }

  /** The records of its steps, in the order of the plan. */
  get stepRuns(): Promise<readonly StepRunRecord[]> {
    this.#stepRuns ??= this.#readStepRuns()
    return this.#stepRuns
  }

  get stores(): ReadStores {
    return this.#stores
  }

  /** The record of any run, read once. */
  run(id: string): Promise<RunRecord | undefined> {
    const known = this.#runs.get(id) ?? this.#stores.records().then((records) => records.get('run', id))
    this.#runs.set(id, known)
    return known
  }

  async steps(): Promise<readonly StoredStep[]> {
    const steps: StoredStep[] = []
    for (const record of await this.stepRuns) steps.push(await this.stored(record))
    return steps
  }

  step(name: string): PendingStep {
    return pendingStep(this.find(name).then((record) => this.stored(record)))
  }

  async *follow(options?: FollowOptions): AsyncGenerator<FollowedLine> {
    const { followLog } = await import('../logs/follow-log.ts')
    yield* followLog(this.record, this.#stores, options)
  }

  async report(): Promise<RunReport> {
    const { reportOf } = await import('@cairnml/core/run-report')
    return reportOf(this.record, await this.#stores.records())
  }

  explain(): Promise<RunExplanation>
  explain(step: string, options?: ExplainOptions): Promise<StepExplanation>
  async explain(step?: string, options: ExplainOptions = {}): Promise<RunExplanation | StepExplanation> {
    const { explainRun, explainOne } = await import('../explain/explain-run.ts')
    return step === undefined ? explainRun(this) : explainOne(this, step, options)
  }

  /** @throws CAIRN_STEP_RUN_UNKNOWN */
  async find(name: string): Promise<StepRunRecord> {
    const all = await this.stepRuns
    const [byStep, another] = all.filter(({ step }) => step === name)
    const found = all.find(({ invocation }) => invocation === name) ?? (another === undefined ? byStep : undefined)
    if (found !== undefined) return found
    const known = all.map(({ invocation }) => invocation)
    const nearest = nearestName(name, known)
    throw cairnError('CAIRN_STEP_RUN_UNKNOWN', { run: this.name, step: name, known, nearest })
  }

  async stored(record: StepRunRecord): Promise<StoredStep> {
    const { made, origin } = await resultOrigin(record, this)
    const status = this.statusOf(record)
    const error = status === record.status ? record.error : this.#lost
    const packages = reachedPackages(await keyTreeOf(this, record.key))
    const label = await this.label(record)
    return storedStep(
      { ...record, status, error },
      { label, run: this.name, stores: this.#stores, made, origin, packages },
    )
  }

  async label({ step, invocation }: StepRunRecord): Promise<string> {
    this.#counts ??= countsOf(await this.stepRuns)
    return step === invocation || this.#counts.get(step) === 1 ? step : `${step} (${invocation})`
  }

  /** Nothing in a run whose process died is still running. */
  statusOf({ status }: StepRunRecord): Status {
    return this.#lost !== undefined && (status === 'running' || status === 'pending') ? 'failed' : status
  }

  async #readStepRuns(): Promise<readonly StepRunRecord[]> {
    const records = await this.#stores.records()
    const orderBy = { field: 'position', direction: 'asc' } as const
    const found: StepRunRecord[] = []
    let cursor: string | undefined
    do {
      const page = await records.query('stepRun', { where: { run: this.id }, orderBy, cursor, limit: 1000 })
      found.push(...page.items)
      cursor = page.cursor
    } while (cursor !== undefined)
    return found
  }
}

function countsOf(stepRuns: readonly StepRunRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { step } of stepRuns) counts.set(step, (counts.get(step) ?? 0) + 1)
  return counts
}

function lostError(run: RunRecord): ErrorRecord {
  const { code, message, hint } = errorRecord(cairnError('CAIRN_RUN_LOST', { run: run.name }))
  return { code, message, hint }
}
