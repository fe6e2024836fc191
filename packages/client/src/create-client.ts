import type { StoredArtifact } from './artifacts/stored-artifact.ts'
import type { StoredPipeline } from './pipelines/stored-pipeline.ts'
import { pendingRun, type PendingRun } from './runs/pending-run.ts'
import type { RunPage, RunQuery } from './runs/run-query.ts'
import type { StoredRun } from './runs/stored-run.ts'
import { openStores, type ClientOptions, type ReadStores, type ReportSource } from './stack/open-stores.ts'

/** Reads what the runs of a project have recorded. It changes nothing. */
export interface Client extends AsyncDisposable {
  /**
   * A run by its name, ignoring case, or by the start of one; `last`, `last~1`, `<pipeline>@last`.
   *
   * @param name default: `last`
   * @throws CAIRN_RUN_UNKNOWN, CAIRN_RUN_AMBIGUOUS
   *
   * @example
   * const { sentence } = await client.run('last').explain('train')
   */
  run(name?: string): PendingRun
  /**
   * Runs, newest first unless they are sorted otherwise, a page at a time.
   *
   * @throws CAIRN_WHERE_INVALID, CAIRN_RECORD_QUERY
   *
   * @example
   * const { runs } = await client.runs({ where: 'metrics.acc > 0.9', sort: 'metrics.acc' })
   */
  runs(query?: RunQuery): Promise<RunPage>
  /**
   * A pipeline by its name, ignoring case.
   *
   * @throws CAIRN_PIPELINE_NOT_RECORDED
   *
   * @example
   * const { runs } = await client.pipeline('training')
   */
  pipeline(name: string): Promise<StoredPipeline>
  /** Every pipeline that has been run, by name, each with its newest run. */
  pipelines(): Promise<readonly StoredPipeline[]>
  /**
   * An artifact: `<run>/<step>/<output>`, `<run>/<step>` for an only output, `<step>` in the newest run, a digest, or
   * the start of one.
   *
   * @throws CAIRN_ARTIFACT_UNKNOWN, CAIRN_ARTIFACT_AMBIGUOUS, CAIRN_RUN_UNKNOWN, CAIRN_STEP_RUN_UNKNOWN
   */
  artifact(name: string): Promise<StoredArtifact>
}

/**
 * Opens a project for reading. Stores are opened at the first question and stay open until the client is disposed.
 *
 * @throws CAIRN_STACK_UNKNOWN, CAIRN_STACK_INVALID, CAIRN_REPORT_INVALID, and the codes of configuration
 */
export async function createClient(options: ClientOptions = {}): Promise<Client> {
  const { report } = options
  const stores = report === undefined ? await openStores(options) : await storesOf(report)
  return {
    run: (name = 'last') => pendingRun(readRun(stores, name)),
    runs: async (query = {}) => (await import('./runs/list-runs.ts')).listRuns(stores, query),
    pipeline: async (name) => (await import('./pipelines/stored-pipeline.ts')).findPipeline(stores, name),
    pipelines: async () => {
      const { listPipelines, storedPipeline } = await import('./pipelines/stored-pipeline.ts')
      const found: StoredPipeline[] = []
      for (const record of await listPipelines(stores)) found.push(await storedPipeline(stores, record, 1))
      return found
    },
    artifact: async (name) => (await import('./artifacts/find-artifact.ts')).findArtifact(stores, name),
    [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
  }
}

async function storesOf({ text, name }: ReportSource): Promise<ReadStores> {
  return (await import('./report/report-stores.ts')).reportStores(text, name)
}

async function readRun(stores: ReadStores, name: string): Promise<StoredRun> {
  const { findRun } = await import('./runs/find-run.ts')
  const { RecordedRun } = await import('./runs/stored-run.ts')
  return new RecordedRun(await findRun(await stores.records(), name), stores)
}
