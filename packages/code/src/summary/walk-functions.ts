import type { Node } from 'oxc-parser'

import { blockNames, hoistedNames, patternNames } from './binding-names.ts'
import { notePatternOfContext, noteContext } from './context-uses.ts'
import type { LocalName } from './local-names.ts'
import type { Reference } from './module-summary.ts'
import { walkPattern } from './walk-patterns.ts'
import { noteReturned } from './walk-statements.ts'
import type { Walker } from './walker.ts'

type FunctionNode = Extract<Node, { readonly type: 'ArrowFunctionExpression' }> | FunctionText
type FunctionText = Extract<Node, { readonly expression: false; readonly generator: boolean }>

const PARAMETER: LocalName = { origin: 'param' }

/** A function counts with its kind, its own name, its parameters and its body. */
export function walkFunction(node: FunctionNode, walker: Walker): void {
  const { guards, thisOwner, parameterAlias } = walker
  const takesContext = walker.contextFunction === node
  walker.parameterAlias = undefined
  const ownThis = node.type === 'ArrowFunctionExpression' ? 0 : 1
  if (node.type !== 'ArrowFunctionExpression') walker.thisOwner = ownerIn(node, walker)
  walker.functionDepth += 1
  walker.thisDepth += ownThis
  pushNames(node, parameterAlias, walker)
  const isAsync = node.async ? 'a' : ''
  walker.tokens.mark(`${node.type}${isAsync}${node.type === 'ArrowFunctionExpression' || !node.generator ? '' : '*'};`)
  walker.tokens.text(node.type === 'ArrowFunctionExpression' ? '' : (node.id?.name ?? ''))
  const params = node.params.filter((param) => !(param.type === 'Identifier' && param.name === 'this'))
  if (takesContext) markContext(node, params, walker)
  walker.tokens.mark('[;')
  for (const param of params) walkParameter(param, walker)
  walker.tokens.mark('];')
  walkBody(node, walker)
  walker.functionDepth -= 1
  walker.thisDepth -= ownThis
  walker.locals.pop()
  walker.guards = guards
  walker.thisOwner = thisOwner
}

/** A method sets whose `this` it is before its function is walked. */
function ownerIn(node: FunctionText, walker: Walker): Walker['thisOwner'] {
  const owner = walker.thisOwner
  return walker.methodFunction === node ? owner : { kind: 'none' }
}

function pushNames(node: FunctionNode, alias: Reference | undefined, walker: Walker): void {
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
  const local: LocalName = alias === undefined ? PARAMETER : { origin: 'param', alias }
  for (const name of names.slice(ownNames)) walker.locals.describe(name, local)
}

function walkParameter(param: Node, walker: Walker): void {
  const decorators = 'decorators' in param ? param.decorators : undefined
  if (decorators !== undefined && decorators !== null && decorators.length > 0) walker.list(decorators)
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

/** The function of a step gets its context as the second argument. */
function markContext(node: FunctionNode, params: readonly Node[], walker: Walker): void {
  const first = params[0]
  const second = params[1]
  if (first?.type === 'RestElement') return noteContext(walker, first.start, true)
  if (node.type !== 'ArrowFunctionExpression') walker.locals.describe('arguments', { origin: 'context' })
  if (second === undefined) return undefined
  const target = second.type === 'AssignmentPattern' ? second.left : second
  if (target.type === 'Identifier') return walker.locals.describe(target.name, { origin: 'context' })
  return notePatternOfContext(target, walker)
}
