import type { Node } from 'oxc-parser'

import { argumentAt, isOwnPlace, literalText, unwrapped } from './syntax.ts'
import { isGlobal } from './walk-members.ts'
import type { Walker } from './walker.ts'

const COMPUTED_IMPORT = 'it imports a module whose name is computed'
const COMPUTED_REQUIRE = 'it requires a module whose name is computed'

/** `import('./x')`: the exports that it is destructured into, or all of them. */
export function walkImport(node: Extract<Node, { type: 'ImportExpression' }>, walker: Walker): void {
  const specifier = literalText(node.source)
  const names = walker.importedNames ?? ['*']
  walker.importedNames = undefined
  walker.tokens.mark('import();')
  if (specifier === undefined) {
    walker.refuse(COMPUTED_IMPORT, node.start)
    walker.facts.flags.hasComputedImport = true
    return walker.walk(node.source)
  }
  for (const name of names) walker.refer(['import', specifier, name], node.start)
  walker.module.request(specifier, 'dynamic')
  return undefined
}

/**
 * Walks a call if it is a `require` with a literal, `require.resolve`, or `createRequire` of this module; says whether
 * it was one.
 */
export function walkRequire(node: Extract<Node, { type: 'CallExpression' }>, walker: Walker): boolean {
  const callee = unwrapped(node.callee)
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.name === 'resolve') {
    if (!isRequire(callee.object, walker)) return false
    walker.tokens.mark('resolve;')
    return requireLiteral(node, walker)
  }
  if (!isRequire(callee, walker)) return false
  walker.tokens.mark('require;')
  return requireLiteral(node, walker)
}

/** The module that a call requires by a literal; nothing if it is no such call. */
export function requiredModule(node: Extract<Node, { type: 'CallExpression' }>, walker: Walker): string | undefined {
  return isRequire(unwrapped(node.callee), walker) ? literalText(argumentAt(node.arguments, 0)) : undefined
}

/** Whether an expression is `createRequire(import.meta.url)`, whatever `createRequire` is called. */
export function isCreateRequire(node: Node | null | undefined, walker: Walker): boolean {
  if (node === null || node === undefined) return false
  const call = unwrapped(node)
  if (call.type !== 'CallExpression' || !isOwnPlace(argumentAt(call.arguments, 0))) return false
  const callee = unwrapped(call.callee)
  const name = callee.type === 'MemberExpression' ? unwrapped(callee.object) : callee
  if (name.type !== 'Identifier' || walker.locals.has(name.name)) return false
  const imported = walker.module.imports[name.name]
  if (imported === undefined || !/^(?:node:)?module$/.test(imported.from)) return false
  if (imported.name === 'createRequire') return callee.type === 'Identifier'
  return callee.type === 'MemberExpression' && !callee.computed && callee.property.name === 'createRequire'
}

function isRequire(node: Node, walker: Walker): boolean {
  const inner = unwrapped(node)
  if (isCreateRequire(inner, walker)) return true
  if (inner.type !== 'Identifier' || walker.locals.has(inner.name)) return false
  return walker.module.requires.has(inner.name) || isGlobal('require', inner, walker)
}

function requireLiteral(node: Extract<Node, { type: 'CallExpression' }>, walker: Walker): true {
  const specifier = literalText(argumentAt(node.arguments, 0))
  if (specifier === undefined) {
    walker.refuse(COMPUTED_REQUIRE, node.start)
    walker.facts.flags.hasComputedImport = true
    walker.list(node.arguments)
    return true
  }
  walker.refer(['require', specifier], node.start)
  walker.module.request(specifier, 'require')
  return true
}
