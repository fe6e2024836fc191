import { factColumns, localTime, RUN_FIELDS, runTable, type StoredRun, type TableValue } from '@cairnml/client'
import { nearestName } from '@cairnml/core'

import { usageError } from '../../flags/parse-flags.ts'
import type { CsvCell } from '../../output/csv.ts'
import { formatDuration } from '../../output/quantities.ts'
import type { Column } from '../../output/table.ts'
import { exactValue, valueText } from '../../output/value-text.ts'

const DEFAULT_COLUMNS = ['name', 'pipeline', 'version', 'status', 'started', 'duration', 'tag']

/**
 * The fields that are shown: as they are given, `params.*` and `metrics.*` replaced by those that the runs have.
 *
 * @throws CAIRN_COMMAND_USAGE
 */
export function shownFields(given: string | undefined, runs: readonly StoredRun[]): readonly string[] {
  if (given === undefined) return DEFAULT_COLUMNS
  const facts = factColumns(runs)
  const fields = given.split(',').flatMap((each) => {
    const field = each.trim()
    if (field === 'params.*' || field === 'metrics.*') {
      return facts.filter((fact) => fact.startsWith(field.slice(0, -1)))
    }
    if (!RUN_FIELDS.includes(field) && !/^(?:params|metrics)\../s.test(field)) throw unknownField(field)
    return [field]
  })
  return [...new Set(fields)]
}

/** Runs as a table for people. */
export function tableRows(
  runs: readonly StoredRun[],
  fields: readonly string[],
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] } {
  const { rows } = runTable(runs, fields)
  const isNumber = fields.map((_, at) => rows.some((row) => typeof row[at] === 'number'))
  return {
    columns: fields.map((field, at) => ({
      title: titleOf(field),
      align: isNumber[at] === true && field !== 'started' ? 'right' : 'left',
    })),
    rows: rows.map((row) => row.map((value, at) => shownValue(fields[at] ?? '', value))),
  }
}

/** Runs as CSV: instants in ISO 8601, durations in seconds, every digit of numbers. */
export function csvRows(runs: readonly StoredRun[], fields: readonly string[]): readonly (readonly CsvCell[])[] {
  const { rows } = runTable(runs, fields)
  return [
    fields,
    ...rows.map((row) =>
      row.map((value, at) =>
        fields[at] === 'started' && typeof value === 'number' ? new Date(value).toISOString() : exactValue(value),
      ),
    ),
  ]
}

function titleOf(field: string): string {
  return RUN_FIELDS.includes(field) ? field.toUpperCase() : field
}

function shownValue(field: string, value: TableValue): string {
  if (field === 'started' && typeof value === 'number') return localTime(value)
  if (field === 'duration' && typeof value === 'number') return formatDuration(value * 1000)
  return field === 'tag' && value === '' ? '' : valueText(value)
}

function unknownField(field: string): Error {
  const nearest = nearestName(field, [...RUN_FIELDS, 'params.*', 'metrics.*'])
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
  const known = [...RUN_FIELDS, 'params.<name>', 'metrics.<name>'].join(', ')
  return usageError(`There is no column "${field}".${meant} There are ${known}.`)
}
