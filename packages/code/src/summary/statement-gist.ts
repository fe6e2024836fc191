import type { Node } from 'oxc-parser'

import { calleePath } from './callee-path.ts'
import { unwrapped } from './syntax.ts'

/**
 * What a statement does, in a few words of its text: `registry.set(…)`, `limits.rows = …`, `for (…)`. Literals are left
 * out, so that it stays when they are edited.
 */
export function statementGist(statement: Node): string | undefined {
  switch (statement.type) {
    case 'ExpressionStatement':
      return expressionGist(unwrapped(statement.expression))
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
      return 'for (…)'
    case 'WhileStatement':
    case 'DoWhileStatement':
      return 'while (…)'
    case 'IfStatement':
      return 'if (…)'
    case 'TryStatement':
      return 'try {…}'
    case 'SwitchStatement':
      return 'switch (…)'
    case 'BlockStatement':
      return '{…}'
    default:
      return undefined
  }
}

function expressionGist(node: Node): string | undefined {
  switch (node.type) {
    case 'AwaitExpression':
      return expressionGist(unwrapped(node.argument))
    case 'ChainExpression':
      return expressionGist(node.expression)
    case 'CallExpression':
      return withPath(node.callee, (path) => `${path}(…)`)
    case 'NewExpression':
      return withPath(node.callee, (path) => `new ${path}(…)`)
    case 'AssignmentExpression':
      return withPath(node.left, (path) => `${path} ${node.operator} …`)
    case 'UpdateExpression':
      return withPath(node.argument, (path) => `${path}${node.operator}`)
    case 'UnaryExpression':
      return node.operator === 'delete' ? withPath(node.argument, (path) => `delete ${path}`) : undefined
    default:
      return undefined
  }
}

/** Nothing where what is used has no name. */
function withPath(node: Node, say: (path: string) => string): string | undefined {
  const { root, path } = calleePath(node)
  if (root === '' || root === '#') return undefined
  return say([root, ...path].join('.').replaceAll('.*', '[…]'))
}
