import { visitorKeys, type Node } from 'oxc-parser'

import { MEMO_METHODS, MEMO_OPERATORS, MEMO_QUESTIONS } from '../lists/memo-methods-data.ts'
import { calleePath } from './callee-path.ts'
import { unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

/** A change of a name or of its members. */
export interface Change {
  /** Where it is in the text. */
  readonly offset: number
  /** An operator, or the name of a method. */
  readonly operator: string
  /** What is assigned or given to the method. */
  readonly values: readonly Node[]
  /** Whether it is a method that registers something, which is no change of state while steps run. */
  readonly isRegistering?: boolean | undefined
  /** Whether a key says which entry of a container is filled. */
  readonly isKeyed?: boolean | undefined
}

const NEVER_MEMO = /^(?:Literal|UpdateExpression)$/

/**
 * Whether a change only fills in what was not there: then it does not matter who comes first. The value must not use
 * what is changed, must not be a literal (that is a switch and no memo), and without a key must not come from arguments.
 */
export function isMemo(root: string, change: Change, walker: Walker): boolean {
  const isGuarded = walker.guards.has(root)
  const isOperator = MEMO_OPERATORS.has(change.operator)
  const isFilling = isOperator || (isGuarded && (change.operator === '=' || MEMO_METHODS.has(change.operator)))
  if (!isFilling) return false
  const isKeyed = change.isKeyed === true || MEMO_METHODS.has(change.operator)
  return change.values.every((value, index) => {
    const isKey = MEMO_METHODS.has(change.operator) && index === 0
    if (isKey) return true
    const inner = unwrapped(value)
    if (!isOperator && (NEVER_MEMO.test(inner.type) || isNothing(inner))) return false
    const names = namesIn(inner)
    if (names.has(root) || [...names].some((name) => walker.locals.find(name)?.local.lookedUpIn === root)) return false
    return isKeyed || !walker.locals.hasParameters() || ![...names].some((name) => walker.locals.has(name))
  })
}

/** Names that a condition asks whether they, or an entry of theirs, are there. */
export function guardedNames(test: Node, walker: Walker, into: Set<string> = new Set()): Set<string> {
  const node = unwrapped(test)
  switch (node.type) {
    case 'UnaryExpression':
      if (node.operator === '!' || node.operator === 'typeof') guardedNames(node.argument, walker, into)
      break
    case 'LogicalExpression':
      guardedNames(node.left, walker, into)
      guardedNames(node.right, walker, into)
      break
    case 'BinaryExpression':
      if (node.operator === 'in') guardedNames(node.right, walker, into)
      else if (/^[!=]==?$/.test(node.operator) && (isNothing(node.left) || isNothing(node.right))) {
        guardedNames(isNothing(node.left) ? node.right : node.left, walker, into)
      }
      break
    case 'ChainExpression':
      return guardedNames(node.expression, walker, into)
    case 'AssignmentExpression':
      return guardedNames(node.right, walker, into)
    case 'CallExpression': {
      const { root, path } = calleePath(node.callee)
      if (MEMO_QUESTIONS.has(path.at(-1) ?? '')) addGuard(root, walker, into)
      if (root === 'Object' && node.arguments[0] !== undefined) guardedNames(node.arguments[0], walker, into)
      break
    }
    case 'Identifier':
    case 'MemberExpression':
    case 'ThisExpression':
      addGuard(calleePath(node).root, walker, into)
      break
    default:
  }
  return into
}

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

/** What a value was looked up in, if it is an entry of something: `memo.get(key)`, `memo[key]`. */
export function lookupRoot(init: Node): string | undefined {
  const node = unwrapped(init)
  const inner = node.type === 'ChainExpression' ? node.expression : node
  const { root, path } = calleePath(inner)
  if (root === '' || root === '#') return undefined
  if (inner.type === 'MemberExpression') return root
  return inner.type === 'CallExpression' && path.at(-1) === 'get' ? root : undefined
}

function addGuard(root: string, walker: Walker, into: Set<string>): void {
  into.add(root)
  const lookedUpIn = walker.locals.find(root)?.local.lookedUpIn
  if (lookedUpIn !== undefined) into.add(lookedUpIn)
}

function isNothing(node: Node): boolean {
  const inner = unwrapped(node)
  if (inner.type === 'Identifier') return inner.name === 'undefined'
  if (inner.type === 'Literal') return inner.value === null || inner.value === 'undefined'
  return inner.type === 'UnaryExpression' && inner.operator === 'void'
}

function namesIn(node: Node, into: Set<string> = new Set()): Set<string> {
  if (node.type === 'Identifier') into.add(node.name)
  if (node.type === 'ThisExpression') into.add('this')
  // Sound: the fields that the parser lists hold nodes, lists of nodes or nothing.
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>
  for (const key of visitorKeys[node.type] ?? []) {
    for (const child of [fields[key]].flat()) if (child !== null && child !== undefined) namesIn(child, into)
  }
  return into
}
