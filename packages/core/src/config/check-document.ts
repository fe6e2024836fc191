import { getDotPath, safeParse, type GenericIssue } from 'valibot'

import { cairnError } from '../errors/cairn-error.ts'
import { showValue } from '../materializer/schema-check.ts'
import type { ConfigDocument, ConfigPath, ConfigProblem } from './config-document.ts'
import { isUnknownProperty, type ConfigSchema } from './config-schema.ts'

/** More than that are of no help. */
const MAX_PROBLEMS = 5

/**
 * The value of a document that fits its schema.
 *
 * @param hidden whether a value must not be shown, because it came from the environment
 * @throws CAIRN_CONFIG_INVALID
 */
export function checkedDocument<T>(
  schema: ConfigSchema<T>,
  document: ConfigDocument,
  hidden: (path: ConfigPath) => boolean = () => false,
): T {
  const answer = safeParse(schema, document.value)
  if (answer.success) return answer.output
  const problems = answer.issues.slice(0, MAX_PROBLEMS).map((issue) => problemOf(issue, document, hidden))
  throw cairnError('CAIRN_CONFIG_INVALID', { problems })
}

function problemOf(
  issue: GenericIssue,
  document: ConfigDocument,
  hidden: (path: ConfigPath) => boolean,
): ConfigProblem {
  const items = issue.path ?? []
  // Sound: a document holds nothing but objects and lists.
  const path = items.map(({ key }) => key as string | number)
  const isKey = items.at(-1)?.origin === 'key'
  const at = document.place(path, isKey ? 'key' : 'value')
  if (isUnknownProperty(issue)) return { at, problem: issue.message }
  const shown = hidden(path) ? 'from the environment' : showValue(issue.input)
  const name = getDotPath(issue)
  const isMissing = isKey && issue.input === undefined
  const what = isKey && !isMissing ? 'the name' : name === null ? 'it' : `"${name}"`
  return { at, problem: `${what} is ${shown}: expected ${issue.message}` }
}
