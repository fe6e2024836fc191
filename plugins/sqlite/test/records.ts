import type {
  CacheEntry,
  KeyTreeRecord,
  PipelineRecord,
  PipelineVersionRecord,
  RecordChange,
  RecordKind,
  RecordKinds,
  RunRecord,
  StepRunRecord,
} from '@cairnml/core'

/** A pipeline record. */
export function pipeline(name: string, fields: Partial<PipelineRecord> = {}): PipelineRecord {
  return { id: name.toLowerCase(), revision: 1, name, createdAt: 1, ...fields }
}

/** A pipeline version record. */
export function version(
  of: string,
  number: number,
  fields: Partial<PipelineVersionRecord> = {},
): PipelineVersionRecord {
  const structure = String(number).padStart(64, '0')
  return { id: `${of}@${number}`, revision: 1, pipeline: of, version: number, structure, createdAt: 1, ...fields }
}

/** A run record. */
export function run(id: string, fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    revision: 1,
    name: `Run-${id}`,
    nameKey: `run-${id}`,
    pipeline: 'train',
    version: 1,
    status: 'running',
    startedAt: 1,
    params: {},
    options: {},
    tags: [],
    stack: { name: 'default', components: {} },
    process: { host: 'h', user: 'u', pid: 1, node: 'v24', platform: 'linux-x64' },
    ...fields,
  }
}

/** A step run record. */
export function stepRun(of: string, invocation: string, fields: Partial<StepRunRecord> = {}): StepRunRecord {
  return {
    id: `${of}.${invocation}`,
    revision: 1,
    run: of,
    invocation,
    step: invocation,
    position: 0,
    status: 'cached',
    startedAt: 1,
    ...fields,
  }
}

/** A key tree record. */
export function keyTree(id: string, fields: Partial<KeyTreeRecord> = {}): KeyTreeRecord {
  return {
    id,
    revision: 1,
    createdAt: 1,
    tree: { policy: 'content', parts: [{ label: 'code', value: 'x' }] },
    ...fields,
  }
}

/** A cache entry. */
export function entry(key: string, id: string, fields: Partial<CacheEntry> = {}): CacheEntry {
  return {
    format: 1,
    id,
    key,
    run: { id: 'r1', name: 'Run', pipeline: 'train' },
    invocation: 'fit',
    step: 'fit',
    attempt: 1,
    status: 'completed',
    outputs: { model: { kind: 'file', digest: 'd', size: 1, type: 'json@1', path: 'model.json' } },
    metrics: [],
    metadata: {},
    startedAt: 1,
    endedAt: 2,
    producer: { host: 'h', user: 'u', pid: 1, node: 'v24', platform: 'linux-x64' },
    ...fields,
  }
}

/** The change that inserts a record. */
export function insert<K extends RecordKind>(kind: K, record: RecordKinds[K]): RecordChange {
  // Sound: kind and record belong together.
  return { op: 'insert', kind, record } as RecordChange
}

/** The change that replaces a record. */
export function update<K extends RecordKind>(kind: K, record: RecordKinds[K]): RecordChange {
  // Sound: kind and record belong together.
  return { op: 'update', kind, record } as RecordChange
}
