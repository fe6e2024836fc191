import { cairnError } from '../errors/cairn-error.ts'
import { STATUSES } from '../records/status.ts'
import type { RunReport } from './run-report.ts'

type Check = (value: unknown) => boolean

const text: Check = (value) => typeof value === 'string'
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const texts: Check = (value) => Array.isArray(value) && value.every(text)
const status: Check = (value) => STATUSES.some((each) => each === value)
const orNothing =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const having =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    fieldOutside(value, checks) === undefined

const ref = having({ digest: text, size: number, type: text, kind: text })
const refs: Check = (value) =>
  object(value) && Object.values(value as object).every((each) => (Array.isArray(each) ? each.every(ref) : ref(each)))
const metrics: Check = (value) => Array.isArray(value) && value.every(having({ name: text }))
const fault = having({ code: text, message: text })

/** What is looked at in records; everything that is read of them by name is among it. */
const LISTS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  pipelines: { id: text, revision: number, name: text, createdAt: number },
  versions: { id: text, revision: number, pipeline: text, version: number, structure: text, createdAt: number },
  runs: {
    id: text,
    revision: number,
    name: text,
    nameKey: text,
    pipeline: text,
    version: number,
    status,
    startedAt: number,
    endedAt: orNothing(number),
    params: object,
    options: object,
    tags: texts,
    stack: having({ name: text }),
    process: having({ host: text, user: text, node: text, platform: text, pid: number }),
    error: orNothing(fault),
    metrics: orNothing(metrics),
  },
  stepRuns: {
    id: text,
    revision: number,
    run: text,
    invocation: text,
    step: text,
    position: number,
    status,
    startedAt: number,
    endedAt: orNothing(number),
    key: orNothing(text),
    origin: orNothing(text),
    uncacheable: orNothing(text),
    why: orNothing(having({ kind: text })),
    inputs: orNothing(refs),
    outputs: orNothing(refs),
    metrics: orNothing(metrics),
    error: orNothing(fault),
  },
  keyTrees: {
    id: text,
    revision: number,
    createdAt: number,
    tree: having({ policy: text, parts: (value) => Array.isArray(value) && value.every(having({ label: text })) }),
  },
}

/**
 * Reads the text of a report.
 *
 * @param where names it in errors: its path
 * @throws CAIRN_REPORT_INVALID
 */
export function parseReport(source: string, where: string): RunReport {
  const report = parsed(source, where)
  if (report['format'] !== 'cairn.report/1') throw invalidReport(where, 'its format is not cairn.report/1')
  if (!text(report['name'])) throw invalidReport(where, 'it has no name')
  for (const [list, checks] of Object.entries(LISTS)) {
    const records = report[list]
    if (!Array.isArray(records)) throw invalidReport(where, `it has no list of ${list}`)
    for (const [at, record] of records.entries()) {
      const field = fieldOutside(record, checks)
      if (field !== undefined) throw invalidReport(where, `${list}[${at}].${field} is not what it has to be`)
    }
  }
  // Sound: every property that is read without a look has been checked.
  return report as unknown as RunReport
}

function parsed(source: string, where: string): Readonly<Record<string, unknown>> {
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (error) {
    throw invalidReport(where, 'it is not JSON', error)
  }
  if (!object(json)) throw invalidReport(where, 'it is not an object')
  // Sound: it was just looked at.
  return json as Readonly<Record<string, unknown>>
}

/** The first property that a check refuses. */
function fieldOutside(value: unknown, checks: Readonly<Record<string, Check>>): string | undefined {
  if (!object(value)) return ''
  const given = value as Readonly<Record<string, unknown>>
  return Object.keys(checks).find((name) => checks[name]?.(given[name]) === false)
}

/** The error of a report that cannot be read. */
export function invalidReport(where: string, problem: string, cause?: unknown): Error {
  return cairnError('CAIRN_REPORT_INVALID', { file: where, problem }, cause === undefined ? {} : { cause })
}
