import { formatDuration } from '../../output/quantities.ts'
import { formatTable } from '../../output/table.ts'
import { exactValue, valueText } from '../../output/value-text.ts'
import type { CsvCell } from '../../output/csv.ts'
import type { TableValue } from '@cairnml/client'
import type { Comparison } from './comparison.ts'

/** More than this many things side by side are a line each instead. */
const MOST_COLUMNS = 5

/** A comparison for people: a column for each thing, or, where there are many, a line for each. */
export function comparisonText(comparison: Comparison): string {
  return comparison.items.length > MOST_COLUMNS ? lineForEach(comparison) : columnForEach(comparison)
}

/** A comparison as CSV: a line for each thing. */
export function comparisonRows({ items, fields }: Comparison): readonly (readonly CsvCell[])[] {
  const isOfSteps = items.some(({ step }) => step !== undefined)
  return [
    ['run', ...(isOfSteps ? ['id'] : []), ...fields.map(({ field }) => field)],
    ...items.map(({ run, step }, at) => [
      run,
      ...(isOfSteps ? [step] : []),
      ...fields.map(({ values }) => exactValue(values[at])),
    ]),
  ]
}

function columnForEach({ items, fields }: Comparison): string {
  const columns = [
    { title: ' ' },
    { title: '' },
    ...items.map(({ label }) => ({ title: label, align: 'right' as const })),
  ]
  return formatTable(
    columns,
    fields.map(({ field, values, differs }) => [
      differs ? '*' : '',
      field,
      ...values.map((value) => shown(field, value)),
    ]),
  )
}

/** What is equal everywhere would only make the lines longer. */
function lineForEach({ items, fields }: Comparison): string {
  const shownFields = fields.filter(({ differs }) => differs)
  const table = formatTable(
    [
      { title: items.some(({ step }) => step !== undefined) ? 'STEP' : 'RUN' },
      ...shownFields.map(({ field }) => ({ title: field, align: 'right' as const })),
    ],
    items.map(({ label }, at) => [label, ...shownFields.map(({ field, values }) => shown(field, values[at]))]),
  )
  const equal = fields.filter(({ differs }) => !differs)
  const same = equal.map(({ field, values }) => `${field} ${shown(field, values[0])}`).join(', ')
  return same === '' ? table : `${table}The same everywhere: ${same}\n`
}

function shown(field: string, value: TableValue): string {
  return field === 'duration' && typeof value === 'number' ? formatDuration(value * 1000) : valueText(value)
}
