import { cairnError } from '../errors/cairn-error.ts'
import { checkSchema, issueText } from '../materializer/schema-check.ts'
import type { AnyComponentDefinition } from '../plugin/define-plugin.ts'

/**
 * The options of a component as its schema gives them back. With none given the schema is not even loaded.
 *
 * @param component names it in errors: `artifactStore (local)`
 * @throws CAIRN_COMPONENT_OPTIONS
 */
export async function componentOptions(
  definition: AnyComponentDefinition,
  given: Readonly<Record<string, unknown>>,
  component: string,
): Promise<unknown> {
  const names = Object.keys(given)
  if (names.length === 0 && definition.requiresOptions !== true) return {}
  if (definition.options === undefined) {
    if (names.length === 0) return {}
    throw cairnError('CAIRN_COMPONENT_OPTIONS', {
      component,
      problem: `it takes no options, but got ${names.join(', ')}`,
    })
  }
  const answer = checkSchema(await definition.options(), given, component)
  if (answer.issues === undefined) return answer.value
  const problem = answer.issues.map((issue) => `${issueText(issue)} (was ${issue.value})`).join('; ')
  throw cairnError('CAIRN_COMPONENT_OPTIONS', { component, problem })
}
