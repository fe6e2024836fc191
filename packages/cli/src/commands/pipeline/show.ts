import { createClient, factColumns, localTime, type StoredPipeline, type StoredRun } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { print, printJson } from '../../output/print.ts'
import { formatTable } from '../../output/table.ts'
import { tableRows } from '../run-list/run-columns.ts'
import { runSummary } from '../run-list/run-summary.ts'
import { runReference } from './list.ts'
import { namedPipeline } from './named-pipeline.ts'
import { PIPELINE_SHOW_HELP } from './pipeline-help.ts'

/** Every option of `cairn pipeline show`. */
export const PIPELINE_SHOW_OPTIONS = {
  limit: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** `cairn pipeline show`: one pipeline. */
export const pipelineShowCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, PIPELINE_SHOW_OPTIONS)
  if (values.help === true) {
    print(PIPELINE_SHOW_HELP)
    return 0
  }
  const limit = countFlag('--limit', values.limit, 1) ?? 10
  const name = namedPipeline('show', positionals)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const pipeline = await client.pipeline(name)
  const { runs } = await pipeline.findRuns({ limit })
  if (values.json === true) printJson('cairn.pipeline/1', pipelineJson(pipeline, runs))
  else print(pipelineText(pipeline, runs))
  return 0
}

function pipelineJson(
  { name, createdAt, versions, last, lastSuccessful }: StoredPipeline,
  runs: readonly StoredRun[],
): object {
  return {
    name,
    createdAt,
    versions: versions.map(({ version, structure, createdAt: at }) => ({ version, structure, createdAt: at })),
    last: last === undefined ? undefined : runReference(last),
    lastSuccessful: lastSuccessful === undefined ? undefined : runReference(lastSuccessful),
    runs: runs.map(runSummary),
  }
}

function pipelineText(pipeline: StoredPipeline, runs: readonly StoredRun[]): string {
  const { name, createdAt, versions, lastSuccessful } = pipeline
  const fields = ['name', 'version', 'status', 'started', 'duration', ...factColumns(runs)]
  const { columns, rows } = tableRows(runs, fields)
  return [
    `Pipeline ${name}: ${versions.length === 1 ? 'one version' : `${versions.length} versions`}, first run ${localTime(createdAt)}\n`,
    `  last successful run ${lastSuccessful?.name ?? '-'}\n`,
    runs.length === 0 ? '' : formatTable(columns, rows),
  ].join('')
}
