import type { CallExpression, NewExpression, Node, TaggedTemplateExpression } from 'oxc-parser'

import { flowOfElement } from './members.ts'
import { CALLBACK_METHODS } from '../lists/flow-methods-data.ts'
import { CHANGING_STATICS, MUTATORS, REGISTERING_METHODS } from '../lists/mutators-data.ts'
import { calleePath, type CalleePath } from './callee-path.ts'
import { findDefinition, walkDefinition, noteLooseImplementation } from './walk-definitions.ts'
import { argumentAt, isOwnPlace, keyText, literalText, unwrapped } from './syntax.ts'
import { noteMemberChange, noteThisChange } from './walk-changes.ts'
import { walkRequire } from './walk-imports.ts'
import { isGlobal } from './walk-members.ts'
import { isProcess, noteParsedEnvironment } from './environment-reads.ts'
import { noteGiven } from './parameter-uses.ts'
import type { Walker } from './walker.ts'

type AnyCall = CallExpression | NewExpression

/** A call, or `new`. */
export function walkCall(node: AnyCall, walker: Walker): void {
  if (node.type === 'CallExpression') {
    if (walkRequire(node, walker) || walkBuiltinModule(node, walker)) return
    const definition = findDefinition(node, walker)
    if (definition !== undefined) return walkDefinition(definition, walker)
    noteLooseImplementation(node, walker)
    noteParsedEnvironment(node, walker)
    noteGiven(node, walker)
  } else if (walkOwnUrl(node, walker)) return
  const target = calleePath(node.callee)
  noteCall(node, target, walker)
  noteClock(node, walker)
  noteConstructor(node, target, walker)
  noteChanges(node, target, walker)
  walker.tokens.mark(`${node.type}${node.type === 'CallExpression' && node.optional ? '?' : ''};`)
  walker.walk(node.callee)
  walker.list(node.arguments)
}

export function walkTaggedTemplate(node: TaggedTemplateExpression, walker: Walker): void {
  const target = calleePath(node.tag)
  noteCall(node, target, walker)
  walker.tokens.mark('tag;')
  walker.walk(node.tag)
  // A tag sees the text as written.
  for (const quasi of node.quasi.quasis) walker.tokens.text(quasi.value.raw)
  walker.list(node.quasi.expressions)
}

function noteCall(node: AnyCall | TaggedTemplateExpression, target: CalleePath, walker: Walker): void {
  walker.flowOf(node)
  if (target.path.at(-1) === '*') walker.member?.uses.add('*')
  walker.flow.named.push({
    call: walker.flow.callOf.get(node),
    root: rootOf(target, walker),
    path: target.path,
    inFunction: walker.functionDepth > 0,
    hasCall: target.hasCall,
  })
}

/** The root of a callee as calls are noted: local names are all one. */
function rootOf({ root, path }: CalleePath, walker: Walker): string {
  if (root === 'super') return path.length === 0 ? walker.superName : 'this'
  return walker.locals.has(root) ? '%' : root
}

function noteClock(node: AnyCall, walker: Walker): void {
  if (node.arguments.length > 0 && node.type === 'NewExpression') return
  if (!isGlobal('Date', node.callee, walker)) return
  walker.facts.readsOutside(node.type === 'NewExpression' ? 'new Date()' : 'Date()', walker.module.lineAt(node.start))
}

function noteConstructor(node: AnyCall, { root, path }: CalleePath, walker: Walker): void {
  const callee = unwrapped(node.callee)
  if (callee.type !== 'MemberExpression' || path.at(-1) !== 'constructor') return
  if (root === 'this' && path.length === 1) return
  walker.refuse('it may make a function from text by a constructor', node.start)
}

/** Notes what a method changes: what it is called on, or its first argument. */
function noteChanges(node: AnyCall, { root, path }: CalleePath, walker: Walker): void {
  const method = path.at(-1)
  if (method === undefined || node.type === 'NewExpression') return
  const change = { offset: node.start, operator: method, values: node.arguments }
  const { first, isApplied } = appliedMethod(node, { root, path })
  if (first !== undefined) {
    noteMemberChange(first, { ...change, values: node.arguments.slice(1) }, walker)
    if (!isApplied) return
  }
  noteMethodsGiven(node, method, walker)
  const object = objectOf(node.callee)
  if (method === 'next') noteRead(node, path, walker)
  if (/^(?:test|exec)$/.test(method)) walker.flow.executed.push(walker.flowOf(object))
  const isRegistering = REGISTERING_METHODS.has(method) || (method === '*' && !isJoinedKey(node.callee))
  if (!MUTATORS.has(method) && !isRegistering && method !== '*') return
  if (root === 'process' && path.length === 1 && isProcess(object, walker)) return
  const subject = { node: object, isContainer: true }
  noteMemberChange(object, { ...change, isRegistering, subject }, walker)
  if (isRegistering) return
  const place = walker.flowOf(object)
  for (const argument of node.arguments) walker.flow.store(place, flowOfElement(argument, walker))
}

/** Reading on changes an iterator that a function around, or an instance, holds. */
function noteRead(node: CallExpression, path: readonly string[], walker: Walker): void {
  const { root } = calleePath(node.callee)
  if (root === 'this') return path.length > 1 ? noteThisChange(false, walker) : undefined
  const declaredIn = walker.declaredIn(root)
  if (declaredIn !== undefined) walker.flow.changes.push({ ...walker.changeAt({ offset: node.start }), declaredIn })
}

/** A method whose name is put together: it may be any; an element of a table is not meant. */
function isJoinedKey(callee: Node): boolean {
  const inner = unwrapped(callee)
  if (inner.type !== 'MemberExpression' || !inner.computed) return false
  const key = unwrapped(inner.property)
  return key.type === 'TemplateLiteral' || (key.type === 'BinaryExpression' && key.operator === '+')
}

/** What is changed where a method is called by another: `Object.assign(x)`, `push.call(x)`, `x.push.bind(x)`. */
function appliedMethod(
  node: CallExpression,
  { root, path }: Pick<CalleePath, 'root' | 'path'>,
): { readonly first: Node | undefined; readonly isApplied: boolean } {
  const statics = Object.hasOwn(CHANGING_STATICS, root) ? CHANGING_STATICS[root] : undefined
  const isStatic = path.length === 1 && statics?.has(path[0] ?? '') === true
  const isStaticApplied = path.length === 2 && statics?.has(path[0] ?? '') === true && node.arguments.length > 1
  const isApplied = /^(?:call|apply|bind)$/.test(path.at(-1) ?? '') && MUTATORS.has(path.at(-2) ?? '')
  const given = node.arguments[isStaticApplied ? 1 : 0]
  if ((!isStatic && !isApplied && !isStaticApplied) || given === undefined) return { first: undefined, isApplied }
  return { first: given.type === 'SpreadElement' ? given.argument : given, isApplied }
}

/** A method that is handed to one that calls it changes what it is taken from: `[3].forEach(list.push, list)`. */
function noteMethodsGiven(node: CallExpression, method: string, walker: Walker): void {
  const isCalling = CALLBACK_METHODS.has(method) || method === 'from' || method === 'apply'
  const isGiven = node.arguments.some((one) => one.type === 'MemberExpression' && isMutator(one))
  if (!isCalling || !isGiven) return
  for (const argument of node.arguments) {
    const isMethod = argument.type === 'MemberExpression' && isMutator(argument)
    const place = isMethod ? walker.flowOf(argument.object) : flowOfElement(argument, walker)
    walker.noteChange(place, { offset: node.start })
  }
}

function isMutator(node: Extract<Node, { type: 'MemberExpression' }>): boolean {
  return MUTATORS.has(keyText(node.property, node.computed) ?? '')
}

function objectOf(callee: Node): Node {
  const inner = unwrapped(callee)
  return inner.type === 'MemberExpression' ? unwrapped(inner.object) : inner
}

/** `new URL('./file', import.meta.url)`: the file counts. */
function walkOwnUrl(node: NewExpression, walker: Walker): boolean {
  if (!isGlobal('URL', node.callee, walker) || !isOwnPlace(argumentAt(node.arguments, 1))) return false
  const file = literalText(argumentAt(node.arguments, 0))
  if (file === undefined) return false
  walker.facts.add('files', file)
  walker.tokens.mark('URL;')
  walker.tokens.text(file)
  return true
}

/** `process.getBuiltinModule('fs')`. */
function walkBuiltinModule(node: CallExpression, walker: Walker): boolean {
  const callee = unwrapped(node.callee)
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.name !== 'getBuiltinModule') return false
  if (!isProcess(callee.object, walker)) return false
  const name = literalText(argumentAt(node.arguments, 0))
  if (name === undefined) {
    walker.refuse('it loads a module whose name is computed', node.start)
    return false
  }
  walker.tokens.mark('builtin;')
  walker.refer(['import', name, '*'], node.start)
  walker.module.request(name, 'dynamic')
  return true
}
