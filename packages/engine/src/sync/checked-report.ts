import {
  foldName,
  nameProblem,
  readWhole,
  runReportKey,
  type ArtifactStore,
  type PipelineRecord,
  type PipelineVersionRecord,
  type RunRecord,
  type Status,
} from '@cairnml/core'
import { invalidReport, parseReport, type RunReport } from '@cairnml/core/run-report'

/** A report of one run that can be made into records: what its parts say of one another is true. */
export interface CheckedReport extends RunReport {
  readonly run: RunRecord
  readonly pipeline: PipelineRecord
  readonly version: PipelineVersionRecord
}

/** A report is read whole: 10,000 step runs are about 5 MB. */
const MOST_BYTES = 256 * 1024 * 1024
const MOST_VERSIONS = 1_000_000
const RUN_ID = /^[0-9a-f]{32}$/
const DIGEST = /^[0-9a-f]{64}$/
const UNENDED: ReadonlySet<Status> = new Set(['running', 'pending'])

/**
 * Reads the report of a run from an artifact store.
 *
 * @throws CAIRN_REPORT_INVALID
 */
export async function storedReport(store: ArtifactStore, run: string, size: number): Promise<CheckedReport> {
  const where = runReportKey(run)
  if (!RUN_ID.test(run)) throw invalidReport(where, 'its folder is not called like a run')
  if (size > MOST_BYTES) throw invalidReport(where, `it has ${size} bytes, at most ${MOST_BYTES} are read`)
  const bytes = await readWhole(store, where)
  if (bytes === undefined) throw invalidReport(where, 'it is not there')
  return checked(parseReport(Buffer.from(bytes).toString('utf8'), where), run, where)
}

function checked(report: RunReport, id: string, where: string): CheckedReport {
  const [run] = report.runs
  const [pipeline] = report.pipelines
  const [version] = report.versions
  if (run === undefined || pipeline === undefined || version === undefined) {
    throw invalidReport(where, 'it lacks the run, its pipeline or its version')
  }
  const problem = runProblem(run, id) ?? versionProblem(run, pipeline, version) ?? stepProblem(report, run)
  if (problem !== undefined) throw invalidReport(where, problem)
  return { ...report, run, pipeline, version }
}

function runProblem({ id, name, nameKey, status }: RunRecord, expected: string): string | undefined {
  if (id !== expected) return 'it is about another run'
  if (!isName(name) || nameKey !== foldName(name)) return 'the name of its run is none'
  return UNENDED.has(status) ? 'its run has not ended' : undefined
}

function versionProblem(
  run: RunRecord,
  pipeline: PipelineRecord,
  { pipeline: of, version, structure }: PipelineVersionRecord,
): string | undefined {
  const isOf =
    isName(pipeline.name) && foldName(pipeline.name) === pipeline.id && foldName(run.pipeline) === pipeline.id
  if (!isOf || of !== pipeline.id || run.version !== version) return 'its run, pipeline and version do not fit together'
  const isCount = Number.isSafeInteger(version) && version > 0 && version <= MOST_VERSIONS
  return isCount && DIGEST.test(structure) ? undefined : 'its version is none'
}

function stepProblem({ stepRuns }: RunReport, { id: run }: RunRecord): string | undefined {
  const own = stepRuns.filter((step) => step.run === run)
  for (const { id, invocation, step, status, position } of own) {
    const isNamed = isName(step) && id === `${run}.${invocation}`
    if (!isNamed || !Number.isSafeInteger(position)) return 'a step of its run is none'
    if (UNENDED.has(status)) return `step ${step} of its run has not ended`
  }
  return new Set(own.map(({ id }) => id)).size === own.length ? undefined : 'a step of its run is in it twice'
}

function isName(name: string): boolean {
  return nameProblem(name) === undefined
}
