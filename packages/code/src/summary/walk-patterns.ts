import type { Node } from 'oxc-parser'

import { keyText } from './syntax.ts'
import { noteMention, walkIdentifier } from './walk-members.ts'
import { walkKey } from './walk-values.ts'
import type { Walker } from './walker.ts'

/** A pattern that declares or assigns names: names are text, defaults are expressions. */
export function walkPattern(pattern: Node, walker: Walker): void {
  const { tokens } = walker
  switch (pattern.type) {
    case 'Identifier':
      return walkBoundName(pattern, walker)
    case 'ObjectPattern':
      tokens.mark('OP;')
      for (const part of pattern.properties) {
        if (part.type === 'RestElement') walkPattern(part, walker)
        else {
          if (keyText(part.key, part.computed) === 'run') noteMention(part, walker)
          walkKey(part.key, part.computed, walker)
          walkPattern(part.value, walker)
        }
      }
      return tokens.mark('/OP;')
    case 'ArrayPattern':
      tokens.mark('AP;')
      for (const part of pattern.elements) {
        if (part === null) tokens.mark('-;')
        else walkPattern(part, walker)
      }
      return tokens.mark('/AP;')
    case 'RestElement':
      tokens.mark('...;')
      return walkPattern(pattern.argument, walker)
    case 'AssignmentPattern':
      tokens.mark('d=;')
      walkPattern(pattern.left, walker)
      return walker.walk(pattern.right)
    case 'TSParameterProperty':
      tokens.mark('pp;')
      return walkPattern(pattern.parameter, walker)
    default:
      return walker.walk(pattern)
  }
}

function walkBoundName(node: Extract<Node, { type: 'Identifier' }>, walker: Walker): void {
  const isOwn = walker.locals.has(node.name) || walker.ownNames.has(node.name)
  if (!isOwn) return walkIdentifier(node, walker)
  walker.capture(node.name, walker.locals.indexOf(node.name))
  walker.tokens.mark('B;')
  return walker.tokens.text(node.name)
}
