import { createClient, localTime } from '@cairnml/client'

import type { Command } from '../../command.ts'
import { parseFlags } from '../../flags/parse-flags.ts'
import { print, printJson } from '../../output/print.ts'
import { formatTable } from '../../output/table.ts'
import { READ_OPTIONS } from '../../read/read-options.ts'
import { runReference } from './list.ts'
import { namedPipeline } from './named-pipeline.ts'
import { PIPELINE_VERSIONS_HELP } from './pipeline-help.ts'

const SHORT_DIGEST = 12

/** `cairn pipeline versions`: the structures of a pipeline that were seen. */
export const pipelineVersionsCommand: Command = async (argv, { fallbackDirs }) => {
  const { values, positionals } = parseFlags(argv, READ_OPTIONS)
  if (values.help === true) {
    print(PIPELINE_VERSIONS_HELP)
    return 0
  }
  const given = namedPipeline('versions', positionals)
  await using client = await createClient({ fallbackDirs, stack: values.stack })
  const { name, versions } = await client.pipeline(given)
  const found = []
  for (const each of versions) {
    const { version, structure, createdAt } = each
    const [last] = (await each.runs({ limit: 1 })).runs
    found.push({ version, structure, createdAt, last })
  }
  if (values.json === true) {
    const all = found.map(({ last, ...rest }) => ({
      ...rest,
      last: last === undefined ? undefined : runReference(last),
    }))
    printJson('cairn.pipeline-versions/1', { pipeline: name, versions: all })
    return 0
  }
  const columns = [
    { title: 'VERSION', align: 'right' },
    { title: 'STRUCTURE' },
    { title: 'FIRST SEEN' },
    { title: 'LAST RUN' },
    { title: 'STATUS' },
  ] as const
  const rows = found.map(({ version, structure, createdAt, last }) => [
    String(version),
    structure.slice(0, SHORT_DIGEST),
    localTime(createdAt),
    last?.name ?? '-',
    last?.status ?? '-',
  ])
  print(formatTable(columns, rows))
  return 0
}
