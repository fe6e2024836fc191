import type { PipelineDefinition } from '../authoring/definition.ts'
import { describeHandle, isHandle } from '../authoring/handle.ts'
import { schemaNames } from '../authoring/params.ts'
import { cairnError } from '../errors/cairn-error.ts'
import { showValue } from '../materializer/schema-check.ts'
import { nearestName } from '../names/nearest.ts'

type Given = Readonly<Record<string, unknown>>

/**
 * Tells the inputs from the parameters among what a pipeline was called with.
 *
 * @throws CAIRN_ARGUMENT_UNKNOWN, CAIRN_HANDLE_AS_VALUE
 */
export function splitPipelineArgs(
  definition: PipelineDefinition,
  args: Given,
  where: string,
): { readonly params: Given; readonly inputs: Given } {
  assertArgs(args, where)
  const params = namedValues()
  const inputs = namedValues()
  const known = definition.params === undefined ? [] : schemaNames(definition.params)
  for (const [name, value] of Object.entries(args)) {
    if (Object.hasOwn(definition.inputs, name)) inputs[name] = value
    else if (!isHandle(value)) params[name] = value
    else if (known?.includes(name) === false) {
      const nearest = nearestName(name, [...Object.keys(definition.inputs), ...known])
      throw cairnError('CAIRN_ARGUMENT_UNKNOWN', { where, name, nearest })
    } else {
      throw cairnError('CAIRN_HANDLE_AS_VALUE', {
        handle: describeHandle(value),
        use: `parameter "${name}" of ${where}`,
      })
    }
  }
  return { params, inputs }
}

/**
 * Refuses arguments that are no object of values by name, as plain JavaScript can pass; a number would count as nothing.
 *
 * @throws CAIRN_ARGUMENT_UNKNOWN
 */
export function assertArgs(args: unknown, where: string): void {
  if (typeof args === 'object' && args !== null && !Array.isArray(args)) return
  throw cairnError('CAIRN_ARGUMENT_UNKNOWN', { where, name: showValue(args) })
}

/** A place for values by name, where `constructor` is absent until it is set and `__proto__` is a name like others. */
export function namedValues(): Record<string, unknown> {
  // Sound: an object without prototype has no properties but those that are set.
  return Object.create(null) as Record<string, unknown>
}
