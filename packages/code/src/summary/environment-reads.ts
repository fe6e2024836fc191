import type { Node } from 'oxc-parser'

import { keyText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

const PROCESS_MODULE = /^(?:node:)?process$/

/** Notes which environment variable a member expression reads: `process.env.NAME`, or all of `process.env`. */
export function noteEnvironment(node: Extract<Node, { type: 'MemberExpression' }>, walker: Walker): void {
  if (isEnvironment(node.object, walker)) {
    walker.facts.add('environment', keyText(node.property, node.computed) ?? '*')
  } else if (isEnvironment(node, walker)) {
    walker.facts.add('environment', '*')
  }
}

/** Notes which variables a pattern takes out of the environment; true if the expression is the environment. */
export function noteEnvironmentPattern(pattern: Node, init: Node, walker: Walker): boolean {
  if (!isEnvironment(init, walker)) return false
  if (pattern.type !== 'ObjectPattern') return false
  for (const part of pattern.properties) {
    const key = part.type === 'RestElement' ? undefined : keyText(part.key, part.computed)
    walker.facts.add('environment', key ?? '*')
  }
  return true
}

/** Whether an expression is `process`, also by `globalThis` or as imported from `node:process`. */
export function isProcess(node: Node, walker: Walker): boolean {
  const found = unwrapped(node)
  if (found.type === 'MemberExpression') {
    const object = unwrapped(found.object)
    const isOnGlobal = object.type === 'Identifier' && /^(?:globalThis|global)$/.test(object.name)
    return isOnGlobal && keyText(found.property, found.computed) === 'process'
  }
  if (found.type !== 'Identifier' || walker.locals.has(found.name)) return false
  const imported = walker.module.imports[found.name]
  if (imported === undefined) return found.name === 'process' && !walker.module.declares('process')
  return PROCESS_MODULE.test(imported.from) && imported.name !== 'env'
}

function isEnvironment(node: Node, walker: Walker): boolean {
  const found = unwrapped(node)
  if (found.type === 'MemberExpression') {
    return keyText(found.property, found.computed) === 'env' && isProcess(found.object, walker)
  }
  if (found.type !== 'Identifier' || walker.locals.has(found.name)) return false
  const imported = walker.module.imports[found.name]
  return imported !== undefined && PROCESS_MODULE.test(imported.from) && imported.name === 'env'
}
