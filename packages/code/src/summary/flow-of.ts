import type { Node } from 'oxc-parser'

import { keyText, literalText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'
import { flowOfCall } from './flow-of-calls.ts'
import { classOf, functionOf } from './flow-of-functions.ts'
import { exactMember, flowOfElement, fresh, freshExact, memberOf } from './members.ts'
import { hold, link, NOTHING, oneOf, partOf, type Place } from '../flow/place.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

const VALUES_OF_NAMES = new Set(['undefined', 'NaN', 'Infinity'])

/** What an expression may be. The scopes around it have to be those of the walker. */
export function flowOf(expression: Node | null | undefined, walker: Walker): Place {
  if (expression === null || expression === undefined) return NOTHING
  const node = unwrapped(expression)
  switch (node.type) {
    case 'Identifier':
      return flowOfName(node.name, walker)
    case 'MemberExpression':
      return flowOfMember(node, walker)
    case 'ChainExpression':
      return flowOf(node.expression, walker)
    case 'CallExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
      return known(node, walker, () => flowOfCall(node, walker))
    case 'ThisExpression':
      return walker.thisPlace
    case 'Super':
      return oneOf(walker.thisPlace, walker.superPlace)
    case 'AwaitExpression': {
      const value = flowOf(node.argument, walker)
      return oneOf(value, partOf(value))
    }
    case 'ImportExpression': {
      const specifier = literalText(node.source)
      return specifier === undefined ? NOTHING : walker.flow.base(['import', specifier, '*'])
    }
    default:
      return flowOfOperator(node, walker)
  }
}

function flowOfOperator(node: Node, walker: Walker): Place {
  switch (node.type) {
    case 'ConditionalExpression':
      return oneOf(flowOf(node.consequent, walker), flowOf(node.alternate, walker))
    case 'LogicalExpression':
      return oneOf(flowOf(node.left, walker), flowOf(node.right, walker))
    case 'SequenceExpression':
      return flowOf(node.expressions.at(-1), walker)
    case 'AssignmentExpression':
      if (node.operator === '=') return flowOf(node.right, walker)
      return /^(?:\?\?|\|\||&&)=$/.test(node.operator)
        ? oneOf(flowOf(node.left, walker), flowOf(node.right, walker))
        : NOTHING
    case 'YieldExpression':
      return node.delegate ? partOf(flowOf(node.argument, walker)) : NOTHING
    default:
      return known(node, walker, () => flowOfLiteral(node, walker))
  }
}

function known(node: Node, walker: Walker, make: () => Place): Place {
  let place = walker.flow.known.get(node)
  if (place === undefined) {
    place = make()
    walker.flow.known.set(node, place)
  }
  return place
}

function flowOfLiteral(node: Node, walker: Walker): Place {
  switch (node.type) {
    case 'ArrayExpression': {
      const isExact = node.elements.every((one) => one?.type !== 'SpreadElement')
      const list = isExact ? freshExact(walker) : fresh(walker)
      for (const one of node.elements) if (one !== null) hold(flowOfElement(one, walker), list)
      return list
    }
    case 'ObjectExpression':
      return flowOfObject(node, walker)
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return functionOf(node, walker).value
    case 'ClassExpression':
    case 'ClassDeclaration':
      return classOf(node, walker).value
    case 'Literal':
      return 'regex' in node && node.regex !== null && node.regex !== undefined ? fresh(walker) : NOTHING
    default:
      return NOTHING
  }
}

function flowOfObject(node: Of<'ObjectExpression'>, walker: Walker): Place {
  const object = node.properties.every(isOwnData) ? freshExact(walker) : fresh(walker)
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      hold(flowOfElement(property, walker), object)
      continue
    }
    const value = flowOf(property.value, walker)
    if (property.value.type === 'FunctionExpression') {
      const fn = functionOf(property.value, walker)
      link(object, fn.self)
      if (property.kind === 'get') hold(fn.returns, object)
    }
    hold(value, object)
  }
  return object
}

/** A property that holds what is written there, and leads to nothing else. */
function isOwnData(property: Node): boolean {
  if (property.type !== 'Property' || property.kind !== 'init') return false
  const key = keyText(property.key, property.computed)
  return key !== undefined && key !== '__proto__'
}

/** What a name may be. */
export function flowOfName(name: string, walker: Walker): Place {
  const local = walker.localPlace(name)
  if (local !== undefined) return local
  return VALUES_OF_NAMES.has(name) && !walker.module.declares(name) ? NOTHING : walker.flow.base(name)
}

function flowOfMember(node: Of<'MemberExpression'>, walker: Walker): Place {
  const key = keyText(node.property, node.computed)
  const object = unwrapped(node.object)
  if (object.type === 'Identifier' && key !== undefined) {
    const exact = exactMember(object.name, key, walker)
    if (exact !== undefined) return exact
  }
  return memberOf(flowOf(object, walker), key, walker)
}
