import { cairnError, nearestName } from '@cairnml/core'

import type { Plan } from './plan.ts'

/**
 * Refuses a name that a command was given, unless it is that of a step or of an invocation.
 *
 * @throws CAIRN_INVOCATION_UNKNOWN
 */
export function assertStepNamed(name: string, { pipeline, invocations }: Plan): void {
  const known = invocations.flatMap(({ id, step }) => [id, step])
  if (known.includes(name)) return
  const details = { pipeline, id: name, option: 'The command', nearest: nearestName(name, known) }
  throw cairnError('CAIRN_INVOCATION_UNKNOWN', details)
}
