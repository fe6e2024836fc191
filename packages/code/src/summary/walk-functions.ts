import type { Node } from 'oxc-parser'

import { blockNames, hoistedNames, patternNames } from './binding-names.ts'
import { bindPattern } from './bind-pattern.ts'
import { functionOf } from './flow-of-functions.ts'
import type { FlowFunction } from '../flow/flow-function.ts'
import { link, partOf } from '../flow/place.ts'
import { isEnvironment, markEnvironmentAliases, noteEnvironmentPattern } from './environment-reads.ts'
import type { LocalName } from './local-names.ts'
import type { ParameterUse } from './module-summary.ts'
import { restoredMembers } from './restored-members.ts'
import { trackParameters, usesOf } from './parameter-uses.ts'
import { unwrapped } from './syntax.ts'
import { walkDecorators } from './walk-classes.ts'
import { walkPattern } from './walk-patterns.ts'
import { noteReturned } from './walk-statements.ts'
import type { Walker } from './walker.ts'

type FunctionNode = Extract<Node, { readonly type: 'ArrowFunctionExpression' }> | FunctionText
type FunctionText = Extract<Node, { readonly expression: false; readonly generator: boolean }>

const PARAMETER: LocalName = { origin: 'param' }

/** A function counts with its kind, its own name, its parameters and its body. */
export function walkFunction(node: FunctionNode, walker: Walker): void {
  const { guards, thisOwner, thisPlace, restored, functionBody } = walker
  const outerFunction = walker.currentFunction
  const fn = functionOf(node, walker)
  if (node.type === 'FunctionDeclaration' && node.id !== null) linkName(node.id.name, fn, walker)
  const ownThis = node.type === 'ArrowFunctionExpression' ? 0 : 1
  if (node.type !== 'ArrowFunctionExpression') walker.thisOwner = ownerIn(node, walker)
  walker.functionDepth += 1
  walker.thisDepth += ownThis
  walker.thisPlace = fn.self
  walker.locals.fn = fn
  pushNames(node, walker)
  const isAsync = node.async ? 'a' : ''
  walker.tokens.mark(`${node.type}${isAsync}${node.type === 'ArrowFunctionExpression' || !node.generator ? '' : '*'};`)
  walker.tokens.text(node.type === 'ArrowFunctionExpression' ? '' : (node.id?.name ?? ''))
  const params = node.params.filter((param) => !(param.type === 'Identifier' && param.name === 'this'))
  const tracked = walker.valueFunction === node ? trackParameters(node, params, walker) : undefined
  const isGenerator = node.type !== 'ArrowFunctionExpression' && node.generator
  if (isGenerator && walker.valueFunction === node) walker.facts.flags.isGenerator = true
  for (const param of params) noteEnvironmentDefault(param, walker)
  walker.tokens.mark('[;')
  bindParameters(node, fn, { params, walker })
  for (const param of params) walkParameter(param, walker)
  walker.tokens.mark('];')
  const runsAtOnce = !node.async && (node.type === 'ArrowFunctionExpression' || !node.generator)
  const members = runsAtOnce && node.body?.type === 'BlockStatement' ? restoredMembers(node.body.body) : []
  if (members.length > 0) walker.restored = { members, depth: walker.functionDepth }
  walker.functionBody = node.body ?? undefined
  if (node.body?.type === 'BlockStatement') markEnvironmentAliases(node.body.body, walker)
  walkBody(node, walker)
  if (tracked !== undefined) noteParameters(usesOf(tracked), walker)
  walker.functionBody = functionBody
  walker.restored = restored
  walker.functionDepth -= 1
  walker.thisDepth -= ownThis
  walker.locals.pop()
  walker.guards = guards
  walker.thisOwner = thisOwner
  walker.thisPlace = thisPlace
  walker.locals.fn = outerFunction
}

function linkName(name: string, fn: FlowFunction, walker: Walker): void {
  const place = walker.localPlace(name)
  if (place !== undefined) link(fn.value, place)
}

function bindParameters(
  node: FunctionNode,
  fn: FlowFunction,
  { params, walker }: { readonly params: readonly Node[]; readonly walker: Walker },
): void {
  params.forEach((param, index) => {
    const value = param.type === 'RestElement' ? partOf(fn.all) : fn.params[index]
    if (value !== undefined) bindPattern(param, value, { walker })
  })
  if (node.type === 'ArrowFunctionExpression') return
  const given = walker.localPlace('arguments')
  if (given !== undefined) link(fn.all, given)
  if (node.type === 'FunctionExpression' && node.id !== null) linkName(node.id.name, fn, walker)
}

/** A method sets whose `this` it is before its function is walked. */
function ownerIn(node: FunctionText, walker: Walker): Walker['thisOwner'] {
  const owner = walker.thisOwner
  return walker.methodFunction === node ? owner : { kind: 'none' }
}

function pushNames(node: FunctionNode, walker: Walker): void {
  const names: string[] = []
  if (node.type === 'FunctionExpression' && node.id !== null) names.push(node.id.name)
  if (node.type !== 'ArrowFunctionExpression') names.push('arguments')
  if (node.body !== null && node.body.type === 'BlockStatement') {
    hoistedNames(node.body.body, names)
    blockNames(node.body.body, names)
  }
  const ownNames = names.length
  for (const param of node.params) patternNames(param, names)
  walker.locals.push(names, walker.functionDepth)
  for (const name of names.slice(ownNames)) walker.locals.describe(name, PARAMETER)
}

function walkParameter(param: Node, walker: Walker): void {
  const decorators = 'decorators' in param ? param.decorators : undefined
  if (decorators !== undefined && decorators !== null) walkDecorators(decorators, walker)
  walkPattern(param, walker)
}

function walkBody(node: FunctionNode, walker: Walker): void {
  const { body } = node
  if (body === null) return
  if (body.type === 'BlockStatement') {
    walker.list(body.body)
    return
  }
  // `x => y` is the same as `x => { return y }`.
  walker.tokens.mark('[;return;')
  noteReturned(body, walker)
  walker.walk(body)
  walker.tokens.mark('];')
}

/** `(env = process.env) => env.NAME`. */
function noteEnvironmentDefault(param: Node, walker: Walker): void {
  if (param.type !== 'AssignmentPattern' || !isEnvironment(param.right, walker)) return
  if (param.left.type !== 'Identifier') return noteEnvironmentPattern(param.left, unwrapped(param.right), walker)
  walker.locals.mark(param.left.name)
  walker.taken.add(unwrapped(param.right))
}

function noteParameters(uses: readonly ParameterUse[], walker: Walker): void {
  if (uses.length > 0) walker.facts.flags.parameters = uses
}
