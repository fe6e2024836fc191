import { visitorKeys, type Node } from 'oxc-parser'

import { MEMO_METHODS, MEMO_OPERATORS, MEMO_QUESTIONS } from '../lists/memo-methods-data.ts'
import { isNothing } from './asked-absence.ts'
import { calleePath } from './callee-path.ts'
import { leaksPresence, type MemoSubject } from './memo-uses.ts'
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
  /** What says which entry of a container is filled. */
  readonly key?: Node | undefined
  /** What is filled. */
  readonly subject?: Pick<MemoSubject, 'node' | 'isContainer'> | undefined
}

const NEVER_MEMO = /^(?:Literal|UpdateExpression)$/

/**
 * Whether a change only fills in what was not there: then it does not matter who comes first. The value must not use
 * what is changed, must not be a literal (that is a switch and no memo), must not depend on arguments that the key does
 * not tell apart, and the function must not let out whether it was there.
 */
export function isMemo(root: string, change: Change, walker: Walker): boolean {
  const isOperator = MEMO_OPERATORS.has(change.operator)
  const isMethod = MEMO_METHODS.has(change.operator)
  const isFilling = isOperator || (walker.guards.has(root) && (change.operator === '=' || isMethod))
  if (!isFilling || (isMethod && change.values.length !== 2)) return false
  const value = change.values.at(-1)
  if (value === undefined) return false
  const values = valuesOf(unwrapped(value), root, walker)
  if (!isOperator && values.some((one) => NEVER_MEMO.test(one.type) || isNothing(one))) return false
  const names = new Set(values.flatMap((one) => [...namesIn(one)]))
  if (names.has(root) || (root !== 'this' && names.has('this'))) return false
  const known = new Set<string>()
  const key = isMethod ? change.values[0] : change.key
  if (key !== undefined) addDetermined(unwrapped(key), known, walker)
  const isDetermined = dependencies(values, walker).every(
    (name) => known.has(name) || !isVariable(name, walker) || isAsOldAs(name, root, walker),
  )
  return isDetermined && !isLeaking(change, walker)
}

/** Whether a local name may have another value each time: parameters, and what is not computed from constants alone. */
function isVariable(name: string, walker: Walker): boolean {
  return walker.locals.has(name) && walker.locals.hasParameters()
}

/** Whether a name is declared where the memo is, or around that: `(make) => { const memo = new Map(); return ... }`. */
function isAsOldAs(name: string, root: string, walker: Walker): boolean {
  const memo = walker.locals.indexOf(root)
  const declared = walker.locals.indexOf(name)
  if (memo === -1 || declared > memo) return false
  return walker.locals.functionDepthOf(memo) < walker.functionDepth
}

function isLeaking({ subject, offset }: Change, walker: Walker): boolean {
  if (subject === undefined) return true
  const { functionBody } = walker
  return functionBody !== undefined && leaksPresence(functionBody, { ...subject, end: offset })
}

/** What a value may be: the value itself, or what a local name was given. */
function valuesOf(node: Node, root: string, walker: Walker): readonly Node[] {
  const given = node.type === 'Identifier' ? walker.locals.find(node.name)?.local.given : undefined
  if (given === undefined || given.length === 0) return [node]
  return given.filter((one) => lookupRoot(one) !== root).map((one) => unwrapped(one))
}

/** Local names that some values are computed from; constants are replaced by what they are computed from. */
function dependencies(values: readonly Node[], walker: Walker): readonly string[] {
  const seen = new Set<string>()
  const found: string[] = []
  const queue = values.flatMap((value) => [...namesIn(value)])
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const given = walker.locals.find(name)?.local.given
    if (given === undefined || given.length === 0) found.push(name)
    else queue.push(...given.flatMap((one) => [...namesIn(unwrapped(one))]))
  }
  return found
}

/** Names that a key tells apart: those that it is, or that it is put together from. */
function addDetermined(node: Node, into: Set<string>, walker: Walker): void {
  switch (node.type) {
    case 'Identifier': {
      if (into.has(node.name)) return
      into.add(node.name)
      for (const one of walker.locals.find(node.name)?.local.given ?? []) addDetermined(unwrapped(one), into, walker)
      return
    }
    case 'TemplateLiteral':
      for (const one of node.expressions) addDetermined(unwrapped(one), into, walker)
      return
    case 'BinaryExpression':
      if (node.operator !== '+') return
      addDetermined(unwrapped(node.left), into, walker)
      return addDetermined(unwrapped(node.right), into, walker)
    case 'ArrayExpression':
      for (const one of node.elements) if (one !== null) addDetermined(one, into, walker)
      return
    case 'ObjectExpression':
      for (const one of node.properties) if (one.type === 'Property') addDetermined(unwrapped(one.value), into, walker)
      return
    case 'CallExpression': {
      const { root, path } = calleePath(node.callee)
      const isText = (root === 'JSON' && path[0] === 'stringify') || (root === 'String' && path.length === 0)
      if (isText && node.arguments[0] !== undefined) addDetermined(unwrapped(node.arguments[0]), into, walker)
      return
    }
    default:
  }
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
