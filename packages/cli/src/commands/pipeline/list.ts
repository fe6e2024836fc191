import { createClient, localTime, type StoredRun } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { print, printJson } from '../../output/print.ts'
import { formatTable } from '../../output/table.ts'
import { READ_OPTIONS } from '../../read/read-options.ts'
import { PIPELINE_LIST_HELP } from './pipeline-help.ts'

/** `cairn pipeline list`: every pipeline that has been run. */
export const pipelineListCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, READ_OPTIONS)
  if (values.help === true) {
    print(PIPELINE_LIST_HELP)
    return 0
  }
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn pipeline list\` takes no "${extra}"; \`show\` shows one pipeline.`)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const pipelines = await client.pipelines()
  if (values.json === true) {
    const all = pipelines.map(({ name, createdAt, versions, last }) => ({
      name,
      createdAt,
      versions: versions.length,
      last: last === undefined ? undefined : runReference(last),
    }))
    printJson('cairn.pipeline-list/1', { pipelines: all })
    return 0
  }
  if (pipelines.length === 0) {
    print('No pipeline has been run.\n')
    return 0
  }
  const rows = pipelines.map(({ name, versions, last }) => [
    name,
    String(versions.length),
    last?.name ?? '-',
    last?.status ?? '-',
    last === undefined ? '-' : localTime(last.startedAt),
  ])
  const titles = [{ title: 'PIPELINE' }, { title: 'VERSIONS', align: 'right' }, { title: 'LAST RUN' }] as const
  print(formatTable([...titles, { title: 'STATUS' }, { title: 'STARTED' }], rows))
  return 0
}

/** What is said of a run beside something else. */
export function runReference({ name, version, status, startedAt }: StoredRun): object {
  return { name, version, status, startedAt }
}
