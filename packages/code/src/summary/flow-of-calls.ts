import type { CallExpression, NewExpression, Node, TaggedTemplateExpression } from 'oxc-parser'

import {
  CALLBACK_METHODS,
  COPYING_METHODS,
  ELEMENT_METHODS,
  SCALAR_METHODS,
  SELF_METHODS,
} from '../lists/flow-methods-data.ts'
import { calleePath } from './callee-path.ts'
import { givesIterator } from './iterators.ts'
import { isFunction, keyText, unwrapped } from './syntax.ts'
import { findDefinition } from './walk-definitions.ts'
import { requiredModule } from './walk-imports.ts'
import type { Walker } from './walker.ts'
import { FlowCall, type CallbackRule } from '../flow/flow-call.ts'
import { addResultOfGlobal, isScalarGlobal } from './flow-of-globals.ts'
import { exactMember, flowOfElement, fresh, freshExact, memberOf } from './members.ts'
import { hold, link, memberIn, NOTHING, partOf, Place } from '../flow/place.ts'

/** A call, `new` or a tagged template. */
export type AnyCall = CallExpression | NewExpression | TaggedTemplateExpression

interface Callee {
  readonly place: Place
  readonly receiver: Place
  readonly method: string | undefined
  /** `Object.assign`, where that is a global. */
  readonly global: string | undefined
  /** The name of the module scope that a method is called on, other than a namespace. */
  readonly name?: string | undefined
  /** Whether it is a function of a namespace. */
  readonly isExact?: boolean | undefined
}

const PLAIN = /^(?:Literal|TemplateLiteral|BinaryExpression|UnaryExpression|UpdateExpression)$/

/** Notes a call and gives what it gives back. */
export function flowOfCall(node: AnyCall, walker: Walker): Place {
  const required = node.type === 'CallExpression' ? requiredModule(node, walker) : undefined
  if (required !== undefined) return walker.flow.base(['require', required])
  if (node.type === 'CallExpression' && findDefinition(node, walker) !== undefined) return NOTHING
  const callee = calleeOf(node.type === 'TaggedTemplateExpression' ? node.tag : node.callee, walker)
  const given = node.type === 'TaggedTemplateExpression' ? [null, ...node.quasi.expressions] : node.arguments
  const args = given.map((one) => (one === null ? NOTHING : flowOfElement(one, walker)))
  const spread = given.findIndex((one) => one?.type === 'SpreadElement')
  const call = new FlowCall({
    callee: callee.place,
    receiver: callee.receiver,
    args,
    spreadAt: spread === -1 ? args.length : spread,
    isNew: node.type === 'NewExpression',
    applies: /^(?:call|apply|bind)$/.test(callee.method ?? '') ? callee.method : undefined,
    result: new Place(),
    callbacks: callbacksOf(callee, node),
    given: new Place(),
    kind: kindOf(callee),
    change: walker.changeAt({ offset: node.start }),
  })
  walker.flow.calls.push(call)
  walker.flow.callOf.set(node, call)
  if (callee.global !== undefined) addResultOfGlobal(call, { global: callee.global, node, walker })
  else addResult(call, callee, { node, walker })
  if (givesIterator(node, walker)) {
    walker.flow.hasIterators = true
    link(new Place({ isIterator: true }), call.result)
  }
  return call.result
}

function calleeOf(given: Node, walker: Walker): Callee {
  const node = unwrapped(given)
  const inner = node.type === 'ChainExpression' ? unwrapped(node.expression) : node
  if (inner.type === 'MemberExpression') return methodOf(inner, walker)
  if (inner.type === 'Super') {
    return { place: walker.superPlace, receiver: walker.thisPlace, method: undefined, global: undefined }
  }
  const isGlobal = inner.type === 'Identifier' && !walker.locals.has(inner.name) && !walker.module.declares(inner.name)
  const global = isGlobal ? inner.name : undefined
  return { place: walker.flowOf(inner), receiver: NOTHING, method: undefined, global }
}

function methodOf(node: Extract<Node, { type: 'MemberExpression' }>, walker: Walker): Callee {
  const method = keyText(node.property, node.computed)
  const receiver = walker.flowOf(node.object)
  const { root, path, hasCall } = calleePath(node)
  const isName = !hasCall && !['this', 'super', '', '#'].includes(root)
  const isGlobal = isName && !walker.locals.has(root) && !walker.module.declares(root)
  const exact = isName && path.length === 1 && path[0] !== undefined ? exactMember(root, path[0], walker) : undefined
  return {
    place: exact ?? memberOf(receiver, method, walker),
    receiver: isGlobal && path.length === 1 ? NOTHING : receiver,
    method: method ?? '*',
    global: isGlobal ? [root, ...path].join('.') : undefined,
    name: isName && !isGlobal && path.length === 1 && !walker.locals.has(root) ? root : undefined,
    isExact: exact !== undefined,
  }
}

function callbacksOf({ method, global }: Callee, node: AnyCall): CallbackRule {
  if (node.type === 'TaggedTemplateExpression' || node.arguments.every(({ type }) => PLAIN.test(type))) return 'none'
  if (method !== undefined && global === undefined) {
    if (CALLBACK_METHODS.has(method)) return 'elements'
    if (method === 'reduce' || method === 'reduceRight') return 'reduce'
  }
  return 'anything'
}

/** Others may keep what they are given, but the language only calls it. */
function kindOf({ method, global }: Callee): FlowCall['kind'] {
  if (global !== undefined && isScalarGlobal(global)) return 'known'
  if (global !== undefined) return /^(?:Array|Object|JSON|Math|Map|Set|Promise)\b/.test(global) ? 'known' : 'method'
  if (method === undefined) return 'function'
  const isKnown = CALLBACK_METHODS.has(method) || COPYING_METHODS.has(method) || SCALAR_METHODS.has(method)
  return isKnown || method.startsWith('reduce') ? 'known' : 'method'
}

interface WrittenCall {
  readonly node: AnyCall
  readonly walker: Walker
}

function addResult(call: FlowCall, callee: Callee, { node, walker }: WrittenCall): void {
  const { method } = callee
  link(call.given, call.result)
  if (call.isNew) {
    const made = fresh(walker)
    for (const one of call.args) hold(one, made)
    link(made, call.result)
  } else if (method === undefined || callee.isExact === true) link(new Place({ result: call }), call.result)
  else addResultOfMethod(call, { ...callee, method }, { node, walker })
}

/** Methods of the same name that a project wrote give back what these cannot know: that is found at linking. */
function addResultOfMethod(
  call: FlowCall,
  { method, name }: Callee & { readonly method: string },
  { node, walker }: WrittenCall,
): void {
  const { result, receiver, args } = call
  if (SCALAR_METHODS.has(method)) return
  if (SELF_METHODS.has(method)) {
    link(receiver, result)
  } else if (ELEMENT_METHODS.has(method)) {
    link(memberIn(receiver), result)
  } else if (method === 'reduce' || method === 'reduceRight') {
    link(args[1] ?? partOf(receiver), result)
  } else if (COPYING_METHODS.has(method)) {
    const isMapped = method === 'map' && isGivenFunction(node)
    const copy = isMapped ? freshExact(walker) : fresh(walker)
    if (!isMapped) hold(partOf(receiver), copy)
    if (!CALLBACK_METHODS.has(method)) for (const one of args) for (const held of [one, partOf(one)]) hold(held, copy)
    link(copy, result)
  } else {
    link(new Place({ result: call }), result)
    // Whether that is a class, whose methods do not give the class, is known at linking.
    const own = name === undefined ? [receiver, partOf(receiver)] : [walker.flow.base(['given', name, method])]
    for (const one of own) link(one, result)
  }
}

/** Whether the function that `map` is given is written there, so that it gives what that returns. */
function isGivenFunction(node: AnyCall): boolean {
  const [first] = node.type === 'TaggedTemplateExpression' ? [] : node.arguments
  return first !== undefined && isFunction(unwrapped(first))
}
