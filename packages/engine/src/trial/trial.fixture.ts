import {
  InlineOrchestrator,
  MemoryArtifactStore,
  MemoryCacheIndex,
  MemoryMetadataStore,
  pipelineDefinition,
  type ArtifactStore,
  type CacheIndex,
  type CodeIdentity,
  type MetadataStore,
  type Run,
  type RunOptions,
  type RunRecord,
  type StackDefinition,
  type Status,
  type StepCode,
  type StepRunRecord,
  type StepSource,
} from '@cairnml/core'
import { digestOf, knownCode, memoryStack, type MemoryStackParts } from '@cairnml/testing'

import { planPipeline, type RunPlan } from '../plan-pipeline.ts'
import type { RunRequest } from '../prepare-run.ts'
import { runPipeline } from '../run-pipeline.ts'

type Args = Readonly<Record<string, unknown>>

/** Code that is told apart by the step's name and by how often it was edited, wherever the step is defined. */
export class NamedCode implements CodeIdentity {
  readonly #edits = new Map<string, number>()

  /** From here on the step has other code. */
  edit(step: string): void {
    this.#edits.set(step, (this.#edits.get(step) ?? 0) + 1)
  }

  async identify({ name }: StepSource): Promise<StepCode> {
    const digest = digestOf(`${name} ${this.#edits.get(name) ?? 0}`)
    return knownCode({ digest, module: 'file:///project/steps.ts' })
  }
}

/** What a trial is made from; what is left out lives in memory and is empty. */
export interface TrialParts extends MemoryStackParts {
  readonly code?: CodeIdentity
  /** How many steps execute at once. */
  readonly concurrency?: number
  /** How long the holder of a lease may be silent. */
  readonly leaseMs?: number
}

/** A stack in memory with its parts at hand, and the lines of all runs on it. */
export class Trial {
  readonly artifacts: ArtifactStore
  readonly records: MetadataStore
  readonly index: CacheIndex
  readonly code: CodeIdentity
  readonly concurrency: number
  readonly leaseMs: number | undefined
  readonly stack: StackDefinition
  readonly lines: string[] = []

  constructor(parts: TrialParts = {}) {
    this.artifacts = parts.artifactStore ?? new MemoryArtifactStore()
    this.records = parts.metadataStore ?? new MemoryMetadataStore()
    this.index = parts.cacheIndex ?? new MemoryCacheIndex()
    this.code = parts.code ?? new NamedCode()
    this.concurrency = parts.concurrency ?? 1
    this.leaseMs = parts.leaseMs
    this.stack = memoryStack({
      ...parts,
      orchestrator: parts.orchestrator ?? new InlineOrchestrator({ concurrency: this.concurrency }),
      artifactStore: this.artifacts,
      metadataStore: this.records,
      cacheIndex: this.index,
    })
  }

  run(pipeline: object, args: Args = {}, options: RunOptions = {}): Promise<Run> {
    return runPipeline(this.#request(pipeline, args, options))
  }

  plan(pipeline: object, args: Args = {}, options: RunOptions = {}): Promise<RunPlan> {
    return planPipeline(this.#request(pipeline, args, options))
  }

  /** What the runs from here on say. */
  async linesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
    const from = this.lines.length
    await work()
    return this.lines.slice(from)
  }

  async runRecords(): Promise<readonly RunRecord[]> {
    return (await this.records.query('run', { limit: 10_000 })).items
  }

  async lastRun(): Promise<RunRecord> {
    return present((await this.runRecords()).at(-1))
  }

  async stepRecord(run: string, invocation: string): Promise<StepRunRecord> {
    return present(await this.records.get('stepRun', `${run}.${invocation}`))
  }

  #request(pipeline: object, args: Args, options: RunOptions): RunRequest {
    const definition = present(pipelineDefinition(pipeline))
    const environment = { fallbackDirs: [], code: this.code, leaseMs: this.leaseMs }
    const log = (line: string): void => void this.lines.push(line)
    return { pipeline: definition, args, options: { stack: this.stack, log, ...options }, environment }
  }
}

/** The value, which has to be there. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It is not there.')
  return value
}

/** How each step of a run ended. */
export function statuses(run: Run): Readonly<Record<string, Status>> {
  return Object.fromEntries(Object.values(run.steps).map(({ id, status }) => [id, status]))
}

/** The value of a step's only output. */
export function valueOf(run: Run, invocation: string): Promise<unknown> {
  return present(run.steps[invocation]).output.load()
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const settled = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  return present(settled).error
}

/** Keys of all objects under a prefix. */
export async function keysIn(store: ArtifactStore, prefix = ''): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}
