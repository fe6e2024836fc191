import type { MetadataStore, RecordChange } from '../metadata-store/metadata-store.ts'
import { foldName } from '../names/name.ts'
import type {
  KeyTreeRecord,
  PipelineRecord,
  PipelineVersionRecord,
  RecordKind,
  RecordKinds,
  RunRecord,
  StepRunRecord,
} from '../records/records.ts'

/** Everything that is recorded of a run, and of what it reused, as plain JSON. */
export interface RunReport {
  readonly format: 'cairn.report/1'
  /** Name of the run that it is about. */
  readonly name: string
  readonly pipelines: readonly PipelineRecord[]
  readonly versions: readonly PipelineVersionRecord[]
  /** The run, then those whose results it reused. */
  readonly runs: readonly RunRecord[]
  /** Steps of the run in the order of the plan, then those whose results they reused or were compared with. */
  readonly stepRuns: readonly StepRunRecord[]
  readonly keyTrees: readonly KeyTreeRecord[]
}

/** The records of a run. */
export async function reportOf(run: RunRecord, records: MetadataStore): Promise<RunReport> {
  const own = await stepRunsOf(run.id, records)
  const others = new Map<string, StepRunRecord>()
  for (const id of own.flatMap(referredTo)) {
    const other = others.has(id) ? undefined : await records.get('stepRun', id)
    if (other !== undefined && other.run !== run.id) others.set(id, other)
  }
  const stepRuns = [...own, ...others.values()]
  const runs = [
    run,
    ...(await all(
      'run',
      [...others.values()].map((other) => other.run),
      records,
    )),
  ]
  const versions = await all('pipelineVersion', [`${foldName(run.pipeline)}@${run.version}`], records)
  return {
    format: 'cairn.report/1',
    name: run.name,
    pipelines: await all('pipeline', [foldName(run.pipeline)], records),
    versions,
    runs,
    stepRuns,
    keyTrees: await all(
      'keyTree',
      stepRuns.flatMap(({ key }) => key ?? []),
      records,
    ),
  }
}

/** What a report holds, as records of a new store. */
export function recordsOf(report: RunReport): readonly RecordChange[] {
  return [
    ...report.pipelines.map((record): RecordChange => ({ op: 'insert', kind: 'pipeline', record })),
    ...report.versions.map((record): RecordChange => ({ op: 'insert', kind: 'pipelineVersion', record })),
    ...report.runs.map((record): RecordChange => ({ op: 'insert', kind: 'run', record })),
    ...report.stepRuns.map((record): RecordChange => ({ op: 'insert', kind: 'stepRun', record })),
    ...report.keyTrees.map((record): RecordChange => ({ op: 'insert', kind: 'keyTree', record })),
  ]
}

/** The step runs of a run, in the order of the plan. */
export async function stepRunsOf(run: string, records: MetadataStore): Promise<readonly StepRunRecord[]> {
  const found: StepRunRecord[] = []
  let cursor: string | undefined
  do {
    const orderBy = { field: 'position', direction: 'asc' } as const
    const page = await records.query('stepRun', { where: { run }, orderBy, cursor, limit: 1000 })
    found.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found
}

function referredTo({ origin, why }: StepRunRecord): readonly string[] {
  return [...(origin === undefined ? [] : [origin]), ...(why !== undefined && 'against' in why ? [why.against] : [])]
}

/** Each record once, where it is stored. */
async function all<K extends RecordKind>(
  kind: K,
  ids: readonly string[],
  records: MetadataStore,
): Promise<readonly RecordKinds[K][]> {
  const found: RecordKinds[K][] = []
  for (const id of new Set(ids)) {
    const record = await records.get(kind, id)
    if (record !== undefined) found.push(record)
  }
  return found
}
