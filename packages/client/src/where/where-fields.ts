import { foldName, nearestName, parseDuration, STATUSES, type Comparison, type RecordComparison } from '@cairnml/core'

/** A value as it is written: in quotes it is a text, else also a number. */
export interface WrittenValue {
  readonly text: string
  readonly quoted: boolean
}

/** A problem with one part of a comparison, as a clause. */
export class WhereProblem extends Error {
  readonly part: 'field' | 'value'

  constructor(part: 'field' | 'value', problem: string) {
    super(problem)
    this.part = part
  }
}

type RunField = RecordComparison<'run'>['field']
type ReadValue = (value: WrittenValue, is: Comparison) => string | number

interface Field {
  readonly field: RunField
  readonly read: ReadValue
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/

const asText: ReadValue = ({ text }) => text
const asScalar: ReadValue = ({ text, quoted }) => (!quoted && NUMBER.test(text) ? Number(text) : text)

/** The fields of runs that conditions, columns and orders name, and what they are in records. */
const FIELDS: Readonly<Record<string, Field>> = {
  name: { field: 'nameKey', read: ({ text }) => foldName(text) },
  pipeline: { field: 'pipeline', read: asText },
  version: { field: 'version', read: wholeNumber },
  status: { field: 'status', read: knownStatus },
  tag: { field: 'tag', read: asText },
  started: { field: 'startedAt', read: instant },
  duration: { field: 'durationMs', read: milliseconds },
}

/** The names of all fields but parameters and metrics. */
export const RUN_FIELDS: readonly string[] = Object.keys(FIELDS)

/**
 * What a field is called in records.
 *
 * @throws WhereProblem
 */
export function recordField(name: string): Field {
  if (Object.hasOwn(FIELDS, name) && FIELDS[name] !== undefined) return FIELDS[name]
  // Sound: it starts as both kinds of names do.
  if (/^(?:params|metrics)\../s.test(name)) return { field: name as RunField, read: asScalar }
  const nearest = nearestName(name, RUN_FIELDS)
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`
  const known = `${RUN_FIELDS.join(', ')}, params.<name>, metrics.<name>`
  throw new WhereProblem('field', `there is no field "${name}"${meant}; there are ${known}`)
}

function wholeNumber({ text }: WrittenValue): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new WhereProblem('value', `a version is a whole number, not "${text}"`)
}

function knownStatus({ text }: WrittenValue, is: Comparison): string {
  const isKnown = STATUSES.some((status) => (is === '^=' ? status.startsWith(text) : status === text))
  if (isKnown) return text
  throw new WhereProblem('value', `a status is one of ${STATUSES.join(', ')}, not "${text}"`)
}

/** A date without a time zone is one of this process. */
function instant({ text }: WrittenValue): number {
  const ms = DATE.test(text) ? Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw new WhereProblem('value', `a start is a date like 2026-11-20 or 2026-11-20T12:05, not "${text}"`)
}

function milliseconds({ text }: WrittenValue): number {
  const ms = NUMBER.test(text) ? Number(text) * 1000 : parseDuration(text)
  if (ms !== undefined) return ms
  throw new WhereProblem('value', `a duration is a number of seconds or like 90s, 2m, 1h, not "${text}"`)
}
