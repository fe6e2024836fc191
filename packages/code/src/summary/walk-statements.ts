import type { Node } from 'oxc-parser'

import { blockNames, patternNames } from './binding-names.ts'
import { calleePath } from './callee-path.ts'
import { bindPattern } from './bind-pattern.ts'
import { link, memberIn, NOTHING, oneOf, partOf, type Place } from '../flow/place.ts'
import { markEnvironmentAliases, noteEnvironmentDeclarator } from './environment-reads.ts'
import { noteTakenApart } from './parameter-uses.ts'
import type { LocalName } from './local-names.ts'
import { asksAbsence } from './asked-absence.ts'
import { guardedNames, lookupRoot } from './memo-guards.ts'
import { keyText, unwrapped } from './syntax.ts'
import { noteTarget } from './walk-changes.ts'
import { walkGeneric } from './walk-generic.ts'
import { walkPattern } from './walk-patterns.ts'
import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

const FRESH =
  /^(?:ObjectExpression|ArrayExpression|NewExpression|Literal|TemplateLiteral|ArrowFunctionExpression|FunctionExpression|BinaryExpression)$/
const EXIT = /^(?:ReturnStatement|ThrowStatement|ContinueStatement|BreakStatement)$/

export function walkVariables(node: Of<'VariableDeclaration'>, walker: Walker): void {
  if (node.declare === true) return
  walker.tokens.mark('var;')
  walker.tokens.text(node.kind)
  walker.list(node.declarations)
}

export function walkDeclarator(node: Of<'VariableDeclarator'>, walker: Walker): void {
  const { init } = node
  walker.importedNames = init === null ? undefined : importedNames(node.id, init)
  if (init !== null) {
    describeDeclared(node.id, init, walker)
    noteEnvironmentDeclarator(node.id, init, walker)
    noteTakenApart(node.id, init, walker)
  }
  walker.tokens.mark('V;')
  walkPattern(node.id, walker)
  walker.walk(init)
  walker.importedNames = undefined
}

function importedNames(pattern: Node, init: Node): readonly string[] | undefined {
  const isImport = init.type === 'AwaitExpression' && init.argument.type === 'ImportExpression'
  if (!isImport || pattern.type !== 'ObjectPattern') return undefined
  const names = pattern.properties.map((part) =>
    part.type === 'RestElement' ? undefined : keyText(part.key, part.computed),
  )
  return names.every((name) => name !== undefined) ? names : undefined
}

function describeDeclared(pattern: Node, init: Node, walker: Walker): void {
  const isFresh = pattern.type === 'Identifier' && FRESH.test(unwrapped(init).type)
  const description: LocalName = isFresh
    ? { origin: 'fresh', given: [init] }
    : { origin: originOf(init, walker), lookedUpIn: lookupRoot(init), given: [init] }
  for (const name of patternNames(pattern)) if (walker.locals.has(name)) walker.locals.describe(name, description)
  bindPattern(pattern, walker.flowOf(init), { walker })
}

function originOf(init: Node, walker: Walker): 'param' | 'local' {
  const { root, hasCall } = calleePath(init)
  return !hasCall && walker.locals.find(root)?.local.origin === 'param' ? 'param' : 'local'
}

export function walkBlock(node: Of<'BlockStatement'>, walker: Walker): void {
  walker.locals.push(blockNames(node.body), walker.functionDepth)
  markEnvironmentAliases(node.body, walker)
  walker.tokens.mark('{;')
  walker.list(node.body)
  walker.locals.pop()
}

export function walkReturn(node: Of<'ReturnStatement'>, walker: Walker): void {
  walker.tokens.mark('return;')
  if (node.argument !== null) noteReturned(node.argument, walker)
  walker.walk(node.argument)
}

/** Notes what a function gives back. */
export function noteReturned(value: Node, walker: Walker): void {
  const fn = walker.currentFunction
  if (fn !== undefined) link(walker.flowOf(value), fn.returns)
}

/** What a generator yields is part of what it gives. */
export function walkYield(node: Of<'YieldExpression'>, walker: Walker): void {
  if (node.argument !== null) {
    const value = walker.flowOf(node.argument)
    const fn = walker.currentFunction
    if (fn !== undefined) link(node.delegate ? partOf(value) : value, fn.returns)
  }
  walkGeneric(node, walker)
}

export function walkThrow(node: Of<'ThrowStatement'>, walker: Walker): void {
  link(walker.flowOf(node.argument), walker.flow.thrown)
  walkGeneric(node, walker)
}

/** A condition guards the branch in which what it asks for is not there. */
export function walkBranch(
  node: Of<'IfStatement'> | Of<'ConditionalExpression'> | Of<'LogicalExpression'>,
  walker: Walker,
): void {
  const { tokens, guards } = walker
  tokens.mark(`${node.type};`)
  const test = node.type === 'LogicalExpression' ? node.left : node.test
  const guarded = new Set([...guards, ...guardedNames(test, walker)])
  const isAbsent = asksAbsence(test)
  walker.walk(test)
  if (node.type === 'LogicalExpression') {
    tokens.text(node.operator)
    walker.guards = isAbsent === (node.operator === '&&') ? guarded : guards
    walker.walk(node.right)
    walker.guards = guards
    return
  }
  walker.guards = isAbsent ? guarded : guards
  walker.walk(node.consequent)
  walker.guards = isAbsent ? guards : guarded
  walker.walk(node.alternate)
  walker.guards = !isAbsent && exits(node.consequent) ? guarded : guards
}

function exits(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node
  return last !== undefined && EXIT.test(last.type)
}

export function walkLoop(node: Of<'ForStatement'> | Of<'ForInStatement'> | Of<'ForOfStatement'>, walker: Walker): void {
  const head = node.type === 'ForStatement' ? node.init : node.left
  const names: string[] = []
  if (head?.type === 'VariableDeclaration' && head.kind !== 'var') {
    for (const one of head.declarations) patternNames(one.id, names)
  }
  walker.locals.push(names, walker.functionDepth)
  if (node.type !== 'ForStatement' && head !== null) {
    const value = node.type === 'ForOfStatement' ? elementOf(node, walker) : NOTHING
    if (head.type !== 'VariableDeclaration') {
      noteTarget(head, { offset: node.start, operator: 'for', values: [] }, { walker, value })
    } else for (const one of head.declarations) bindPattern(one.id, value, { walker })
  }
  walkGeneric(node, walker)
  walker.locals.pop()
}

/** What is awaited is a part of an element. */
function elementOf(node: Of<'ForOfStatement'>, walker: Walker): Place {
  const list = walker.flowOf(node.right)
  return node.await ? partOf(list) : memberIn(list)
}

export function walkSwitch(node: Of<'SwitchStatement'>, walker: Walker): void {
  walker.tokens.mark('switch;')
  walker.walk(node.discriminant)
  const names: string[] = []
  for (const one of node.cases) blockNames(one.consequent, names)
  walker.locals.push(names, walker.functionDepth)
  walker.list(node.cases)
  walker.locals.pop()
}

export function walkCatch(node: Of<'CatchClause'>, walker: Walker): void {
  walker.locals.push(patternNames(node.param), walker.functionDepth)
  walker.tokens.mark('catch;')
  if (node.param !== null) {
    bindPattern(node.param, oneOf(walker.flow.thrown, walker.flow.caught), { walker })
    walkPattern(node.param, walker)
  }
  walker.walk(node.body)
  walker.locals.pop()
}
