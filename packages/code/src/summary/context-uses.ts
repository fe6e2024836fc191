import type { Node } from 'oxc-parser'

import { keyText } from './syntax.ts'
import type { Walker } from './walker.ts'

/** Notes a use of the context of a step: a read of `run`, or handing the whole of it on. */
export function noteContext(walker: Walker, offset: number, isHandedOn: boolean): void {
  const known = walker.facts.flags.context
  if (known !== undefined && (isHandedOn || !known.isHandedOn)) return
  walker.facts.flags.context = { line: walker.module.lineAt(offset), isHandedOn }
}

/** Notes that a property called `run` is mentioned. */
export function noteMention(walker: Walker, offset: number): void {
  walker.facts.flags.mentionsRun ??= walker.module.lineAt(offset)
}

/** Whether a name is the context of the step whose function this is, and no parameter of a function around it. */
export function isContext(node: Node, walker: Walker): boolean {
  if (node.type !== 'Identifier') return false
  const found = walker.locals.find(node.name)
  return found?.local.origin === 'context' && !walker.isAround(found.index)
}

/** Notes what a pattern takes out of the context. */
export function notePatternOfContext(pattern: Node, walker: Walker): void {
  const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern
  if (target.type !== 'ObjectPattern') return noteContext(walker, pattern.start, true)
  for (const part of target.properties) {
    if (part.type === 'RestElement') noteContext(walker, part.start, true)
    else {
      const key = keyText(part.key, part.computed)
      if (key === undefined) noteContext(walker, part.start, true)
      if (key === 'run') noteContext(walker, part.start, false)
    }
  }
}
