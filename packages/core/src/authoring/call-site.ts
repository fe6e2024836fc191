import type { DefinitionSite } from '../code-identity/code-identity.ts'

const DEFINITION_FRAMES = 4
/** The name of Node's own function, which is there unless something else makes stacks readable. */
const NODE_HOOK = 'ErrorPrepareStackTrace'
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

/** The frames above `below` before source maps, where something maps the stacks of this process. */
function rawFramesAbove(below: Function, count: number): string | undefined {
  const prepare: unknown = Reflect.get(Error, 'prepareStackTrace')
  const isNodes = typeof prepare !== 'function' || prepare.name === NODE_HOOK
  if (isNodes && process.sourceMapsEnabled !== true) return undefined
  Error.prepareStackTrace = (_, sites: readonly { toString(): string }[]) =>
    `\n${sites.map((site) => `    at ${site.toString()}`).join('\n')}`
  try {
    return framesAbove(below, count)
  } finally {
    Reflect.set(Error, 'prepareStackTrace', prepare)
  }
}

/** Where a step is being defined: the place that called `below`. */
export function definitionSite(below: Function): DefinitionSite {
  const stack = framesAbove(below, DEFINITION_FRAMES)
  const rawStack = rawFramesAbove(below, DEFINITION_FRAMES)
  const [place = ''] = stack.split('\n', 1)
  const repeated = seen.has(place)
  seen.add(place)
  return rawStack === undefined ? { stack, repeated } : { stack, rawStack, repeated }
}
