import type { DefinitionSite } from '../code-identity/code-identity.ts'

const DEFINITION_FRAMES = 4
const seen = new Set<string>()

/** The frames above the function `below`, innermost first, without the line that names the error. */
export function framesAbove(below: Function, count: number): string {
  const limit = Error.stackTraceLimit
  const holder: { stack?: string } = {}
  Error.stackTraceLimit = count
  Error.captureStackTrace(holder, below)
  Error.stackTraceLimit = limit
  const { stack = '' } = holder
  return stack.slice(stack.indexOf('\n') + 1)
}

/** Where a step is being defined: the place that called `below`. */
export function definitionSite(below: Function): DefinitionSite {
  const stack = framesAbove(below, DEFINITION_FRAMES)
  const [place = ''] = stack.split('\n', 1)
  const repeated = seen.has(place)
  seen.add(place)
  return { stack, repeated }
}
