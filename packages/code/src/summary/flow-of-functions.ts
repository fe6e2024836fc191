import type { Class, Node } from 'oxc-parser'

import type { Walker } from './walker.ts'
import { FlowCall } from '../flow/flow-call.ts'
import { FlowFunction } from '../flow/flow-function.ts'
import { hold, link, NOTHING, oneOf, Place } from '../flow/place.ts'

type FunctionNode = Extract<Node, { readonly type: 'ArrowFunctionExpression' }> | FunctionText
type FunctionText = Extract<Node, { readonly expression: false; readonly generator: boolean }>

/** The function of a node. An arrow has the `this` of the code around it. */
export function functionOf(node: FunctionNode, walker: Walker): FlowFunction {
  return walker.flow.functionOf(node, () => {
    const self = node.type === 'ArrowFunctionExpression' ? walker.thisPlace : new Place()
    const params = node.params.filter((param) => !(param.type === 'Identifier' && param.name === 'this'))
    const fn = new FlowFunction(params, walker.currentFunction, self)
    fn.isArrow = node.type === 'ArrowFunctionExpression'
    fn.hasOpenThis = !fn.isArrow
    // What a generator or a promise gives is a part of it.
    if (node.async || node.generator) hold(fn.returns, fn.returns)
    return fn
  })
}

/**
 * A class: its parameters are those of the constructor, its `this` is an instance. Instances hold methods, the class
 * holds static members.
 */
export function classOf(node: Class, walker: Walker): FlowFunction {
  return walker.flow.functionOf(node, () => {
    const instance = new Place({ isInstance: true })
    const members = node.body.body
    const maker = members.find((one) => one.type === 'MethodDefinition' && one.kind === 'constructor')
    const params = maker?.type === 'MethodDefinition' ? maker.value.params : []
    const made = new FlowFunction(params, walker.currentFunction, instance)
    made.isClass = true
    if (maker?.type === 'MethodDefinition') walker.flow.functionOf(maker.value, () => made)
    const parent = walker.flowOf(node.superClass)
    if (parent !== NOTHING) inherit(made, parent, walker)
    return made
  })
}

/** An instance may have what instances of the class above have; the class has what that has. */
function inherit(made: FlowFunction, parent: Place, walker: Walker): void {
  const { flow } = walker
  hold(parent, made.value)
  flow.calls.push(
    new FlowCall({
      callee: parent,
      receiver: made.self,
      args: [made.all],
      spreadAt: 0,
      isNew: true,
      result: made.self,
      callbacks: 'none',
      given: made.self,
      kind: 'known',
    }),
  )
}

/** Notes what a member of a class adds to it or to its instances. */
export function noteClassMember(
  made: FlowFunction,
  member: { readonly isStatic: boolean; readonly kind: string; readonly value: Node | null },
  walker: Walker,
): void {
  const { isStatic, kind, value } = member
  if (value === null || kind === 'constructor') return
  const owner = isStatic ? made.value : made.self
  if (value.type !== 'FunctionExpression') {
    hold(walker.flowOf(value), owner)
    return
  }
  const fn = functionOf(value, walker)
  fn.hasOpenThis = false
  fn.isStatic = isStatic
  link(isStatic ? oneOf(made.value, walker.staticThis) : made.self, fn.self)
  hold(fn.value, owner)
  if (kind === 'get') hold(fn.returns, owner)
}
