import type { Node } from 'oxc-parser'

import { keyText, unwrapped } from './syntax.ts'

/** Where a chain of members and calls starts, and the members on the way: `a.b().c` is `a` with `b`, `c`. */
export interface CalleePath {
  /** A name, `this`, `super`, `#` for a literal or a function, `` for any other expression. */
  readonly root: string
  /** `*` for a computed member. */
  readonly path: readonly string[]
  /** Whether a call or `new` is on the way. */
  readonly hasCall: boolean
}

const LITERAL =
  /^(?:Literal|TemplateLiteral|ArrayExpression|ObjectExpression|ArrowFunctionExpression|FunctionExpression)$/

/** Takes a callee, or the target of an assignment, apart. */
export function calleePath(callee: Node): CalleePath {
  const path: string[] = []
  let hasCall = false
  let node = unwrapped(callee)
  for (;;) {
    switch (node.type) {
      case 'ChainExpression':
        node = unwrapped(node.expression)
        continue
      case 'MemberExpression':
        path.push(keyText(node.property, node.computed) ?? '*')
        node = unwrapped(node.object)
        continue
      case 'CallExpression':
      case 'NewExpression':
        hasCall = true
        node = unwrapped(node.callee)
        continue
      case 'AwaitExpression':
        node = unwrapped(node.argument)
        continue
      default:
        return { root: rootOf(node), path: path.toReversed(), hasCall }
    }
  }
}

function rootOf(node: Node): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ThisExpression') return 'this'
  if (node.type === 'Super') return 'super'
  return LITERAL.test(node.type) ? '#' : ''
}
