import { isDeepStrictEqual } from 'node:util'

import type { PortName } from '../plugin/define-plugin.ts'
import type { StackDefinition } from './define-stack.ts'
import { stackParts } from './stack-parts.ts'

/**
 * Whether two stacks of one project name the same component for a port, with the same options. Two that are written
 * differently may still mean one place.
 */
export function isSamePart(one: StackDefinition, other: StackDefinition, port: PortName): boolean {
  const [first, second] = [one, other].map((stack) => stackParts(stack).find((part) => part.port === port)?.reference)
  return isDeepStrictEqual(first, second)
}
