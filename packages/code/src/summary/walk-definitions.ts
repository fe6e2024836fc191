import type { CallExpression, Node } from 'oxc-parser'

import { calleePath, type CalleePath } from './callee-path.ts'
import { isOwnPackage } from '../packages/manifest.ts'
import { link } from '../flow/place.ts'
import type { Implementation } from './module-summary.ts'
import { declarationParts, type DeclarationParts } from './declaration-parts.ts'
import { isFunction, keyText, unwrapped } from './syntax.ts'
import { walkKey } from './walk-values.ts'
import type { Walker } from './walker.ts'

/** A call that looks like a definition. */
export interface FoundDefinition {
  /** `step({...})`. */
  readonly call: CallExpression
  /** `step({...}).implement(...)`, if that is what it is. */
  readonly chain: CallExpression
  readonly target: CalleePath
  readonly at: number
}

const VERBS = new Set(['step', 'pipeline', 'slot'])

/** Whether a call is a definition, or `.implement(...)` of one. What its callee is in truth is asked at linking. */
export function findDefinition(node: CallExpression, walker: Walker): FoundDefinition | undefined {
  const declared = implementedCall(node)
  return (declared && definitionOf(declared, node, walker)) ?? definitionOf(node, node, walker)
}

/** Notes `declared.implement(...)`, where `declared` is a name of the module scope. */
export function noteLooseImplementation(node: CallExpression, walker: Walker): void {
  const callee = unwrapped(node.callee)
  if (callee.type !== 'MemberExpression' || keyText(callee.property, callee.computed) !== 'implement') return
  const object = unwrapped(callee.object)
  if (object.type !== 'Identifier' || walker.locals.has(object.name) || node.arguments.length !== 1) return
  walker.module.looseImplementations.push({
    of: object.name,
    unit: walker.module.unit,
    implementation: implementationOf(node, walker),
  })
}

function implementedCall(node: CallExpression): CallExpression | undefined {
  const callee = unwrapped(node.callee)
  if (callee.type !== 'MemberExpression' || keyText(callee.property, callee.computed) !== 'implement') return undefined
  const object = unwrapped(callee.object)
  return object.type === 'CallExpression' && node.arguments.length === 1 ? object : undefined
}

function definitionOf(call: CallExpression, chain: CallExpression, walker: Walker): FoundDefinition | undefined {
  const at = calledNameOffset(call)
  const target = calleePath(call.callee)
  const isAsked = at !== undefined && at === walker.module.definitionAt
  if (at === undefined || (!isAsked && !looksLikeDefinition(call, chain, { target, walker }))) return undefined
  return { call, chain, target, at }
}

function looksLikeDefinition(
  call: CallExpression,
  chain: CallExpression,
  { target, walker }: { readonly target: CalleePath; readonly walker: Walker },
): boolean {
  const { root, path, hasCall } = target
  const declaration = call.arguments[0]
  if (hasCall || declaration === undefined || walker.locals.has(root) || !walker.module.declares(root)) return false
  const imported = walker.module.imports[root]
  if (imported !== undefined && !imported.from.startsWith('.') && isOwnPackage(packageOf(imported.from))) {
    return VERBS.has(path.at(-1) ?? imported.name)
  }
  if (chain !== call) return true
  return declaration.type === 'ObjectExpression' && declaration.properties.some((one) => hasKey(one, 'build'))
}

function hasKey(property: Node, key: string): boolean {
  return property.type === 'Property' && keyText(property.key, property.computed) === key
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Where V8 says that a call is: at the last name of its callee. */
function calledNameOffset(call: CallExpression): number | undefined {
  const callee = unwrapped(call.callee)
  if (callee.type === 'Identifier') return callee.start
  return callee.type === 'MemberExpression' ? callee.property.start : undefined
}

/** Cuts a definition out of the code around it. */
export function walkDefinition(found: FoundDefinition, walker: Walker): void {
  const { call, chain, target, at } = found
  const isImplemented = chain !== call
  const { index, isNew } = walker.module.definitionAtStart(call.start)
  walker.facts.definition(index)
  const root = walker.locals.has(target.root) ? '%' : target.root
  const path = isImplemented ? [...target.path, 'implement'] : target.path
  walker.flow.named.push({ call: undefined, root, path, inFunction: walker.functionDepth > 0, hasCall: false })
  walker.tokens.mark(`definition${isImplemented ? '.implement' : ''};`)
  walker.walk(call.callee)
  if (!isNew) return
  const parts = declarationParts(call)
  const { unit } = walker.module
  walker.module.setDefinition(index, {
    unit,
    at,
    range: [call.start, call.end],
    chain: [chain.start, chain.end],
    line: walker.module.lineAt(call.start),
    callee: { root: target.root, path: target.path },
    ...(parts?.name !== undefined && { name: parts.name }),
    declaration: walker.piece(() => walkDeclaration(call, parts, walker)),
    ports: (parts?.ports ?? []).map(({ port, value }) => ({
      port,
      range: [value.start, value.end] as const,
      ...walker.piece(() => walker.walk(value)),
    })),
    ...(isImplemented && { implementation: implementationOf(chain, walker) }),
  })
}

function implementationOf(call: CallExpression, walker: Walker): Implementation {
  const given = call.arguments[0] ?? call
  const value = unwrapped(given.type === 'SpreadElement' ? given.argument : given)
  const facts = walker.piece(() => walkImplementation(value, walker))
  const kind = value.type === 'ArrowFunctionExpression' ? 'arrow' : isFunction(value) ? 'function' : 'expression'
  const range = [given.start, given.end] as const
  return { ...facts, range, kind, ...(value.type === 'Identifier' && { name: value.name }) }
}

function walkImplementation(value: Node, walker: Walker): void {
  const outer = walker.valueFunction
  walker.valueFunction = value
  // The name of a method says nothing of what it reads.
  if (value.type === 'MemberExpression') walker.taken.add(value)
  walker.walk(value)
  link(walker.flowOf(value), walker.flow.value)
  walker.valueFunction = outer
}

/** Walks a declaration without its ports, which are pieces of their own. */
function walkDeclaration(call: CallExpression, parts: DeclarationParts | undefined, walker: Walker): void {
  if (parts === undefined) return walker.list(call.arguments)
  for (const property of parts.rest) {
    walker.tokens.mark('P;')
    walkKey(property.key, property.computed, walker)
    walker.walk(property.value)
  }
  for (const { port } of parts.ports) {
    walker.tokens.mark('port;')
    walker.tokens.text(port)
  }
  return undefined
}
