import type { Node } from 'oxc-parser'

import { unwrapped } from './syntax.ts'

/** Whether a condition holds where something is not there yet: `!x`, `x === undefined`, `x == null`. */
export function asksAbsence(test: Node): boolean {
  const node = unwrapped(test)
  switch (node.type) {
    case 'UnaryExpression':
      return node.operator === '!' && !asksAbsence(node.argument)
    case 'LogicalExpression':
      return asksAbsence(node.left) || asksAbsence(node.right)
    case 'BinaryExpression':
      return (node.operator === '===' || node.operator === '==') && (isNothing(node.left) || isNothing(node.right))
    default:
      return false
  }
}

/** Whether an expression is `undefined`, `null` or the word for it. */
export function isNothing(node: Node): boolean {
  const inner = unwrapped(node)
  if (inner.type === 'Identifier') return inner.name === 'undefined'
  if (inner.type === 'Literal') return inner.value === null || inner.value === 'undefined'
  return inner.type === 'UnaryExpression' && inner.operator === 'void'
}
