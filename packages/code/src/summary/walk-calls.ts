import type { CallExpression, NewExpression, Node } from 'oxc-parser'

import { CHANGING_STATICS, MUTATORS, REGISTERING_METHODS } from '../lists/mutators-data.ts'
import { calleePath, type CalleePath } from './callee-path.ts'
import { findDefinition, walkDefinition, noteLooseImplementation } from './walk-definitions.ts'
import { argumentAt, isFunction, isOwnPlace, literalText, unwrapped } from './syntax.ts'
import { aliasOf, noteMemberChange } from './walk-changes.ts'
import { walkRequire } from './walk-imports.ts'
import { isGlobal } from './walk-members.ts'
import { isProcess } from './environment-reads.ts'
import type { Walker } from './walker.ts'

type AnyCall = CallExpression | NewExpression

/** A call, or `new`. */
export function walkCall(node: AnyCall, walker: Walker): void {
  if (node.type === 'CallExpression') {
    if (walkRequire(node, walker) || walkBuiltinModule(node, walker)) return
    const definition = findDefinition(node, walker)
    if (definition !== undefined) return walkDefinition(definition, walker)
    noteLooseImplementation(node, walker)
  } else if (walkOwnUrl(node, walker)) return
  const target = calleePath(node.callee)
  noteCall(node, target, walker)
  noteClock(node, walker)
  noteConstructor(node, target, walker)
  noteChanges(node, target, walker)
  walker.tokens.mark(`${node.type}${node.type === 'CallExpression' && node.optional ? '?' : ''};`)
  walker.walk(node.callee)
  walkArguments(node, target, walker)
}

export function walkTaggedTemplate(node: Extract<Node, { type: 'TaggedTemplateExpression' }>, walker: Walker): void {
  const target = calleePath(node.tag)
  walker.facts.call({ root: rootOf(target, walker), path: target.path, inFunction: walker.functionDepth > 0 })
  walker.tokens.mark('tag;')
  walker.walk(node.tag)
  // A tag sees the text as written.
  for (const quasi of node.quasi.quasis) walker.tokens.text(quasi.value.raw)
  walker.list(node.quasi.expressions)
}

function walkArguments(node: AnyCall, target: CalleePath, walker: Walker): void {
  const alias = callbackAlias(node, target, walker)
  walker.tokens.mark('[;')
  for (const argument of node.arguments) {
    if (alias !== undefined && isFunction(argument)) walker.parameterAlias = alias
    walker.walk(argument)
    walker.parameterAlias = undefined
  }
  walker.tokens.mark('];')
}

/** A function that is given to a method of something gets parts of it: `table.forEach((row) => ...)`. */
function callbackAlias(node: AnyCall, target: CalleePath, walker: Walker): ReturnType<typeof aliasOf> {
  const callee = unwrapped(node.callee)
  if (callee.type !== 'MemberExpression' || target.path.at(-1)?.startsWith('reduce') === true) return undefined
  return aliasOf(callee.object, walker)
}

/** The root of a callee as calls are noted: local names are all one. */
function rootOf({ root }: CalleePath, walker: Walker): string {
  if (root === 'super') return 'this'
  return walker.locals.has(root) ? '%' : root
}

function noteCall(node: AnyCall, target: CalleePath, walker: Walker): void {
  const passes = new Set<string>()
  let passesArgument = false
  for (const argument of node.arguments) {
    const value = argument.type === 'SpreadElement' ? argument.argument : argument
    const { root, hasCall } = calleePath(value)
    const found = walker.locals.find(root)
    if (found === undefined && walker.module.declares(root)) passes.add(root)
    const alias = found?.local.alias
    if (alias !== undefined) passes.add(typeof alias === 'string' ? alias : (alias[1] ?? ''))
    if (!hasCall && found?.local.origin === 'param') passesArgument = true
  }
  walker.facts.call({
    root: rootOf(target, walker),
    path: target.path,
    inFunction: walker.functionDepth > 0,
    ...(passes.size > 0 && { passes: [...passes] }),
    ...(passesArgument && { passesArgument }),
  })
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
function noteChanges(node: AnyCall, target: CalleePath, walker: Walker): void {
  const { root, path } = target
  const method = path.at(-1)
  if (method === undefined || node.type === 'NewExpression') return
  const statics = Object.hasOwn(CHANGING_STATICS, root) ? CHANGING_STATICS[root] : undefined
  const first = argumentAt(node.arguments, 0) ?? node.arguments[0]
  const isApplied = /^(?:call|apply)$/.test(method) && MUTATORS.has(path.at(-2) ?? '')
  if ((statics?.has(path[0] ?? '') === true || isApplied) && first !== undefined) {
    const changed = calleePath(first.type === 'SpreadElement' ? first.argument : first)
    return noteMemberChange(changed, { offset: node.start, operator: method, values: node.arguments.slice(1) }, walker)
  }
  const isRegistering = REGISTERING_METHODS.has(method) || method === '*'
  if (!MUTATORS.has(method) && !isRegistering) return undefined
  const object = { root, path: path.slice(0, -1), hasCall: target.hasCall }
  const isListener = root === 'process' && path.length === 1 && isProcess(objectOf(node.callee), walker)
  if (root === '' || root === '#' || isListener || objectOf(node.callee).type === 'NewExpression') return undefined
  return noteMemberChange(
    object,
    { offset: node.start, operator: method, values: node.arguments, isRegistering },
    walker,
  )
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
