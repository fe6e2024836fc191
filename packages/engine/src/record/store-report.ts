import {
  foldName,
  runReportKey,
  type ArtifactStore,
  type MetadataStore,
  type ObjectBody,
  type RunRecord,
  type StepRunRecord,
} from '@cairnml/core'
import type { RunReport } from '@cairnml/core/run-report'

/** What is written of a run that has ended. */
export interface ReportedRun {
  readonly run: RunRecord
  /** Its step runs in the order of the plan. */
  readonly stepRuns: readonly StepRunRecord[]
  /** Keys of reused results whose parts are in no other run's report. */
  readonly ownKeys: ReadonlySet<string>
}

/**
 * Puts the report of a run that has ended into the artifact store, for other machines. What a step reused is in the
 * report of the run that made it, so that a run that reuses everything writes no parts of keys.
 */
export async function storeReport(
  reported: ReportedRun,
  { artifactStore, metadataStore }: { readonly artifactStore: ArtifactStore; readonly metadataStore: MetadataStore },
): Promise<void> {
  const { run } = reported
  const pipeline = foldName(run.pipeline)
  const pipelines = await metadataStore.get('pipeline', pipeline)
  const versions = await metadataStore.get('pipelineVersion', `${pipeline}@${run.version}`)
  const head: Omit<RunReport, 'keyTrees'> = {
    format: 'cairn.report/1',
    name: run.name,
    pipelines: pipelines === undefined ? [] : [pipelines],
    versions: versions === undefined ? [] : [versions],
    runs: [run],
    stepRuns: reported.stepRuns,
  }
  await artifactStore.put(runReportKey(run.id), bodyOf(head, keysOf(reported), metadataStore))
}

function keysOf({ stepRuns, ownKeys }: ReportedRun): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { key, status } of stepRuns) {
    if (key !== undefined && (status !== 'cached' || ownKeys.has(key))) keys.add(key)
  }
  return keys
}

/** The parts of keys can be large, so they are read one by one. */
function bodyOf(head: object, keys: ReadonlySet<string>, records: MetadataStore): ObjectBody {
  const start = `${JSON.stringify(head).slice(0, -1)},"keyTrees":[`
  return keys.size === 0 ? Buffer.from(`${start}]}\n`) : withTrees(start, keys, records)
}

async function* withTrees(
  start: string,
  keys: ReadonlySet<string>,
  records: MetadataStore,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(start)
  let separator = ''
  for (const key of keys) {
    const tree = await records.get('keyTree', key)
    if (tree === undefined) continue
    yield Buffer.from(separator + JSON.stringify(tree))
    separator = ','
  }
  yield Buffer.from(']}\n')
}
