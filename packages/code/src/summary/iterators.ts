import type { Node } from 'oxc-parser'

import { ITERATOR_HELPERS, ITERATOR_METHODS } from '../lists/flow-methods-data.ts'
import { isGlobal } from './walk-members.ts'
import { keyText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

const SYMBOLS = new Set(['iterator', 'asyncIterator'])

/** Whether a call gives, by its looks, what can be read once: `map.entries()`, `text.matchAll(word)`. */
export function givesIterator(given: Node, walker: Walker): boolean {
  const node = unwrapped(given)
  if (node.type !== 'CallExpression') return false
  const callee = unwrapped(node.callee)
  if (callee.type === 'FunctionExpression') return callee.generator
  if (callee.type !== 'MemberExpression') return false
  const object = unwrapped(callee.object)
  const method = keyText(callee.property, callee.computed)
  if (method === undefined) return isSymbol(callee.property, walker)
  if (isGlobal('Iterator', object, walker)) return method === 'from'
  if (ITERATOR_METHODS.has(method)) return node.arguments.length === 0
  return method === 'matchAll' || (ITERATOR_HELPERS.has(method) && givesIterator(object, walker))
}

function isSymbol(key: Node, walker: Walker): boolean {
  return (
    key.type === 'MemberExpression' &&
    isGlobal('Symbol', key.object, walker) &&
    SYMBOLS.has(keyText(key.property, key.computed) ?? '')
  )
}
