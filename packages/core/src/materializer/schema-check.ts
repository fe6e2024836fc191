import type { StandardSchemaV1 } from '@standard-schema/spec'

import { cairnError } from '../errors/cairn-error.ts'
import type { ParameterIssue } from '../errors/parameter-errors-data.ts'

const SHOWN_LENGTH = 80

/** What a schema said of a value. */
export type SchemaAnswer =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly ParameterIssue[] }

/**
 * Asks a schema about a value.
 *
 * @throws CAIRN_SCHEMA_ASYNC if it answers with a promise
 */
export function checkSchema(schema: StandardSchemaV1, value: unknown, where: string): SchemaAnswer {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise) {
    result.catch(() => undefined)
    throw cairnError('CAIRN_SCHEMA_ASYNC', { where })
  }
  if (result.issues === undefined) return { value: result.value }
  return { issues: result.issues.map((issue) => toIssue(issue, value)) }
}

/** An issue on one line. */
export function issueText(issue: ParameterIssue): string {
  return issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`
}

/** A value as a message shows it: short, on one line. */
export function showValue(value: unknown): string {
  const text = printable(value)
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text
}

function printable(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`
  } catch {
    return 'a value that cannot be shown'
  }
}

function toIssue(issue: StandardSchemaV1.Issue, root: unknown): ParameterIssue {
  const keys = (issue.path ?? []).map((segment) => (typeof segment === 'object' ? segment.key : segment))
  return { path: keys.map(String).join('.'), message: issue.message, value: showValue(valueAt(root, keys)) }
}

function valueAt(root: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<PropertyKey, unknown>>)[key] : undefined,
    root,
  )
}
