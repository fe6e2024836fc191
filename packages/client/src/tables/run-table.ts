import type { PlainData } from '@cairnml/core'

import { RUN_FIELDS } from '../where/where-fields.ts'
import type { StoredRun } from '../runs/stored-run.ts'

/** What a cell of a table holds; `undefined` where the run does not have it. */
export type TableValue = PlainData | undefined

/** Runs as a table: one row for each, in their order. */
export interface RunTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly TableValue[])[]
}

/**
 * Parameters and metrics of runs as a table.
 *
 * @param columns fields as conditions name them. @default name, then all parameters and metrics that a run has
 */
export function runTable(runs: readonly StoredRun[], columns: readonly string[] = allColumns(runs)): RunTable {
  return { columns, rows: runs.map((run) => columns.map((column) => runValue(run, column))) }
}

/** The value of a field of a run, as conditions name it; a duration is in seconds, a start in milliseconds. */
export function runValue(run: StoredRun, field: string): TableValue {
  if (field.startsWith('params.')) return paramValue(run.params, field.slice('params.'.length))
  if (field.startsWith('metrics.')) return own(run.metrics, field.slice('metrics.'.length))
  if (field === 'tag') return run.tags.join(', ')
  if (field === 'started') return run.startedAt
  if (field === 'duration') return run.endedAt === undefined ? undefined : (run.endedAt - run.startedAt) / 1000
  // Sound: the other fields are properties of a run.
  return RUN_FIELDS.includes(field)
    ? (run[field as 'name' | 'pipeline' | 'version' | 'status'] as TableValue)
    : undefined
}

/** The names of all parameters (`params.a.b` for what is in objects) and then metrics of runs, as fields. */
export function factColumns(runs: readonly Pick<StoredRun, 'params' | 'metrics'>[]): readonly string[] {
  const params = new Set(runs.flatMap((run) => leaves('params', run.params)))
  const metrics = new Set(runs.flatMap((run) => Object.keys(run.metrics).map((name) => `metrics.${name}`)))
  return [...params, ...metrics]
}

function allColumns(runs: readonly StoredRun[]): readonly string[] {
  return ['name', ...factColumns(runs)]
}

function leaves(path: string, object: { readonly [name: string]: PlainData }): readonly string[] {
  return Object.entries(object).flatMap(([name, value]) =>
    isPlainObject(value) ? leaves(`${path}.${name}`, value) : [`${path}.${name}`],
  )
}

/** A name may itself have dots in it, so the longest that there is goes first. */
function paramValue(params: { readonly [name: string]: PlainData }, path: string): TableValue {
  const whole = own(params, path)
  if (whole !== undefined) return whole
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const inner = own(params, path.slice(0, dot))
    const found = isPlainObject(inner) ? paramValue(inner, path.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function own<T>(object: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function isPlainObject(value: TableValue): value is { readonly [name: string]: PlainData } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Date) && !(value instanceof Uint8Array)
}
