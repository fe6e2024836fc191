import { factColumns, runValue, type StoredRun, type StoredStep, type TableValue } from '@cairnml/client'

/** What is compared: a run, or a step of one. */
export interface Compared {
  readonly label: string
  readonly run: string
  /** Invocation id, where steps are compared. */
  readonly step?: string | undefined
  readonly value: (field: string) => TableValue
}

/** One field over everything that is compared. */
export interface ComparedField {
  readonly field: string
  readonly values: readonly TableValue[]
  readonly differs: boolean
}

/** Things side by side. */
export interface Comparison {
  readonly items: readonly Compared[]
  readonly fields: readonly ComparedField[]
}

type Facts = Pick<StoredRun, 'params' | 'metrics'>

/** Runs side by side. */
export function compareRuns(runs: readonly StoredRun[]): Comparison {
  const items = runs.map((run) => ({ label: run.name, run: run.name, value: (field: string) => runValue(run, field) }))
  return comparison(items, ['pipeline', 'version', 'status', 'duration', ...factColumns(runs)])
}

/** Steps of one run side by side. */
export function compareSteps(run: StoredRun, steps: readonly StoredStep[]): Comparison {
  const facts = steps.map((step): Facts => ({ params: step.params, metrics: lastMetrics(step) }))
  const items = steps.map((step, at) => {
    // Sound: what `runValue` reads of parameters and metrics is there; the other fields are answered here.
    const of = { ...step, ...facts[at], tags: [] } as unknown as StoredRun
    const value = (field: string): TableValue => (field === 'step' ? step.step : runValue(of, field))
    return { label: step.id, run: run.name, step: step.id, value }
  })
  return comparison(items, ['step', 'status', 'duration', ...factColumns(facts)])
}

/** The same with what differs only, or in the order of a field. */
export function arranged(
  { items, fields }: Comparison,
  { differing, sort }: { readonly differing: boolean; readonly sort: string | undefined },
): Comparison {
  const kept = differing ? fields.filter(({ differs }) => differs) : fields
  if (sort === undefined) return { items, fields: kept }
  const order = items.map((_, at) => at).toSorted((a, b) => compareValues(items[b]?.value(sort), items[a]?.value(sort)))
  const inOrder = <T>(values: readonly T[]): readonly T[] => order.flatMap((at) => values.slice(at, at + 1))
  return { items: inOrder(items), fields: kept.map((each) => ({ ...each, values: inOrder(each.values) })) }
}

function comparison(items: readonly Compared[], names: readonly string[]): Comparison {
  const fields = names.map((field): ComparedField => {
    const values = items.map(({ value }) => value(field))
    return { field, values, differs: new Set(values.map(identity)).size > 1 }
  })
  return { items, fields }
}

function lastMetrics({ metrics }: StoredStep): Facts['metrics'] {
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
}

function identity(value: TableValue): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return value === undefined
    ? 'absent'
    : JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item))
}

/** Numbers by size, everything else as text; what is not there comes last in the order of the largest first. */
function compareValues(a: TableValue, b: TableValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined)
  const [first, second] = [identity(a), identity(b)]
  return first < second ? -1 : Number(first > second)
}
