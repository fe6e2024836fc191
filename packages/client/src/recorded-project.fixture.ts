import {
  cacheKey,
  MemoryArtifactStore,
  MemoryMetadataStore,
  type KeyPart,
  type KeyTree,
  type RecordChange,
  type RunRecord,
  type StackDefinition,
  type StepRunRecord,
} from '@cairnml/core'
import { memoryStack, runRecord, stepRunRecord } from '@cairnml/testing'

import { createClient, type Client } from './create-client.ts'

/** 2026-11-20 12:05:54 in the time zone of this process. */
export const NOON: number = new Date(2026, 10, 20, 12, 5, 54).getTime()

/** What is said of a step run; its key is made of its parts. */
export interface StepFacts extends Partial<StepRunRecord> {
  readonly parts?: Readonly<Record<string, KeyPart['value']>>
  readonly notices?: readonly string[]
}

/** Records of a project as runs would have left them. */
export class RecordedProject {
  readonly records: MemoryMetadataStore = new MemoryMetadataStore()
  readonly artifacts: MemoryArtifactStore = new MemoryArtifactStore()
  readonly stack: StackDefinition = memoryStack({ metadataStore: this.records, artifactStore: this.artifacts })
  #runs = 0

  client(): Promise<Client> {
    return createClient({ stack: this.stack })
  }

  /** Adds a run, a second after the one before, with steps by invocation id. */
  async run(
    name: string,
    steps: Readonly<Record<string, StepFacts>>,
    fields: Partial<RunRecord> = {},
  ): Promise<string> {
    const startedAt = NOON + 1000 * this.#runs++
    const id = `r${this.#runs}`
    const process = { host: 'box', user: 'alice', pid: 1, node: 'v24.11.0', platform: 'linux-x64' }
    const run = runRecord({ id, name, nameKey: name.toLowerCase(), startedAt, status: 'completed', process, ...fields })
    const changes: RecordChange[] = [{ op: 'insert', kind: 'run', record: run }]
    for (const [position, [invocation, facts]] of Object.entries(steps).entries()) {
      changes.push(...(await this.#step(run, { ...facts, invocation, position })))
    }
    await this.records.write(changes)
    return id
  }

  async #step(run: RunRecord, { parts, notices, ...fields }: StepFacts): Promise<readonly RecordChange[]> {
    const tree = parts === undefined ? undefined : treeOf(parts, notices)
    const key = tree === undefined ? undefined : cacheKey(tree)
    const { invocation = 'train', step = invocation } = fields
    const executed = fields.origin === undefined && key !== undefined && fields.status === undefined
    const record = stepRunRecord({
      run: run.id,
      step,
      startedAt: run.startedAt,
      endedAt: run.startedAt,
      params: {},
      ...(fields.origin === undefined ? {} : { status: 'cached', params: undefined }),
      ...(executed ? { entry: `${run.id}-entry`, entryOf: step } : {}),
      key,
      ...fields,
    })
    const isNew = key !== undefined && (await this.records.get('keyTree', key)) === undefined
    return [
      { op: 'insert', kind: 'stepRun', record },
      ...(isNew && tree !== undefined
        ? [{ op: 'insert', kind: 'keyTree', record: { id: key, revision: 1, tree, createdAt: run.startedAt } } as const]
        : []),
    ]
  }
}

function treeOf(parts: NonNullable<StepFacts['parts']>, notices: readonly string[] | undefined): KeyTree {
  const tree = { policy: 'content', parts: Object.entries(parts).map(([label, value]) => ({ label, value })) }
  return notices === undefined ? tree : { ...tree, notices }
}
