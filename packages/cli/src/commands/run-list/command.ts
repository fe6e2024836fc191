import type { Client, RunPage, RunQuery } from '@cairnml/client'
import { STATUSES, type Status } from '@cairnml/core'

import type { Command } from '../../command.ts'
import { parseFlags, usageError } from '../../flags/parse-flags.ts'
import { countFlag } from '../../flags/parse-quantity.ts'
import { csvText } from '../../output/csv.ts'
import { print, printJson } from '../../output/print.ts'
import { formatTable } from '../../output/table.ts'
import { openClient } from '../../read/open-client.ts'
import { timeFlag } from '../../read/time-flag.ts'
import { noRunsText } from './no-runs-text.ts'
import { csvRows, shownFields, tableRows } from './run-columns.ts'
import { RUN_LIST_HELP } from './run-list-help.ts'
import { runSummary } from './run-summary.ts'

/** Every option of `cairn run list`. */
export const RUN_LIST_OPTIONS = {
  pipeline: { type: 'string' },
  status: { type: 'string' },
  tag: { type: 'string', multiple: true },
  name: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  where: { type: 'string' },
  sort: { type: 'string' },
  reverse: { type: 'boolean' },
  columns: { type: 'string' },
  limit: { type: 'string' },
  page: { type: 'string' },
  cursor: { type: 'string' },
  csv: { type: 'boolean' },
  from: { type: 'string' },
  stack: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const DEFAULT_LIMIT = 50
const CHOOSING = ['pipeline', 'status', 'tag', 'name', 'since', 'until', 'where', 'sort', 'page', 'cursor'] as const

type Values = ReturnType<typeof parseFlags<typeof RUN_LIST_OPTIONS>>['values']

/** `cairn run list`: past runs. */
export const runListCommand: Command = async (argv, environment) => {
  const { values, positionals } = parseFlags(argv, RUN_LIST_OPTIONS)
  if (values.help === true) {
    print(RUN_LIST_HELP)
    return 0
  }
  const [extra] = positionals
  if (extra !== undefined) throw usageError(`\`cairn run list\` takes no "${extra}"; --name lists runs by their names.`)
  if (values.json === true && values.csv === true) throw usageError('--json and --csv contradict one another.')
  const page = countFlag('--page', values.page, 1) ?? 1
  if (page > 1 && values.cursor !== undefined) throw usageError('--page and --cursor contradict one another.')
  const query = queryOf(values)
  await using client = await openClient(environment, values)
  const found = await pageOf(client, query, page)
  const given = chosenBy(values)
  const isExplained = found.runs.length === 0 && given.length > 0 && values.json !== true
  if (isExplained) process.stderr.write(`${await noRunsText(client, { ...values, pipeline: query.pipeline, given })}\n`)
  if (!isExplained || values.csv === true) printPage(found, values)
  return 0
}

/** The options that choose among runs, as they would be typed. */
function chosenBy(values: Values): readonly string[] {
  return CHOOSING.flatMap((name) =>
    [values[name] ?? []].flat().map((value) => `--${name} ${/^[\w.@:+-]+$/.test(value) ? value : `'${value}'`}`),
  )
}

function queryOf(values: Values): RunQuery {
  const [pipeline, version] = pipelineFlag(values.pipeline)
  return {
    pipeline,
    version,
    status: statusFlag(values.status),
    tag: values.tag,
    name: values.name,
    since: timeFlag('--since', values.since),
    until: timeFlag('--until', values.until),
    where: values.where,
    sort: values.sort,
    direction: values.reverse === true ? 'asc' : 'desc',
    limit: countFlag('--limit', values.limit, 1) ?? DEFAULT_LIMIT,
    cursor: values.cursor,
  }
}

async function pageOf(client: Client, query: RunQuery, page: number): Promise<RunPage> {
  let found = await client.runs(query)
  for (let at = 1; at < page; at++) {
    if (found.cursor === undefined) return { runs: [] }
    found = await client.runs({ ...query, cursor: found.cursor })
  }
  return found
}

function printPage({ runs, cursor }: RunPage, values: Values): void {
  if (values.json === true) return printJson('cairn.run-list/1', { runs: runs.map(runSummary), cursor })
  const fields = shownFields(values.columns, runs)
  if (values.csv === true) return print(csvText(csvRows(runs, fields)))
  if (runs.length === 0) return print('No runs.\n')
  const { columns, rows } = tableRows(runs, fields)
  const more = cursor === undefined ? '' : `There are more: --limit N, --page N or --cursor ${cursor}\n`
  print(`${formatTable(columns, rows)}${more}`)
}

function pipelineFlag(given: string | undefined): readonly [pipeline?: string, version?: number] {
  if (given === undefined) return []
  const [pipeline = '', version, extra] = given.split('@')
  if (extra === undefined && pipeline !== '' && (version === undefined || /^[1-9]\d{0,8}$/.test(version))) {
    return version === undefined ? [pipeline] : [pipeline, Number(version)]
  }
  throw usageError(`--pipeline cannot be "${given}"; it is a pipeline, or a version of one like training@2.`)
}

function statusFlag(given: string | undefined): Status | undefined {
  const found = STATUSES.find((status) => status === given)
  if (given === undefined || found !== undefined) return found
  throw usageError(`--status cannot be "${given}"; it is one of ${STATUSES.join(', ')}.`)
}
