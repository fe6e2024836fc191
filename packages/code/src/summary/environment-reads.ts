import type { CallExpression, Node, VariableDeclarator } from 'oxc-parser'

import { environmentKeys } from './environment-schema.ts'
import { keyText, literalText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

const PROCESS_MODULE = /^(?:node:)?process$/

/** Notes which environment variable a member expression reads: `process.env.NAME`, or all of `process.env`. */
export function noteEnvironment(node: Extract<Node, { type: 'MemberExpression' }>, walker: Walker): void {
  if (isEnvironment(node.object, walker)) {
    const key = keyText(node.property, node.computed)
    if (key === undefined) noteWholeEnvironment(node, walker)
    else walker.facts.add('environment', key)
  } else if (isEnvironment(node, walker)) noteWholeEnvironment(node, walker)
}

/** Notes that any environment variable may be read, unless it is noted already which. */
export function noteWholeEnvironment(node: Node, walker: Walker): void {
  if (walker.taken.has(node)) return
  walker.facts.add('environment', '*')
  walker.facts.readsOutside('process.env', walker.module.lineAt(node.start))
}

/** Notes which variables a declarator takes out of the environment. */
export function noteEnvironmentDeclarator(pattern: Node, init: Node, walker: Walker): void {
  const value = environmentValue(init)
  if (isEnvironment(value, walker)) {
    if (pattern.type === 'Identifier' && isAlias(pattern.name, walker)) walker.taken.add(value)
    else noteEnvironmentPattern(pattern, value, walker)
  } else if (isProcess(value, walker)) noteProcessPattern(pattern, value, walker)
}

/** Notes which variables a pattern takes out of the environment. */
export function noteEnvironmentPattern(pattern: Node, value: Node, walker: Walker): void {
  if (pattern.type !== 'ObjectPattern') return
  const keys = pattern.properties.map((part) =>
    part.type === 'RestElement' ? undefined : keyText(part.key, part.computed),
  )
  if (keys.includes(undefined)) return
  for (const key of keys) walker.facts.add('environment', key ?? '')
  walker.taken.add(value)
}

/** `const { env } = process`, `const { env: { NAME } } = process`. */
function noteProcessPattern(pattern: Node, value: Node, walker: Walker): void {
  if (pattern.type !== 'ObjectPattern') return
  walker.taken.add(value)
  for (const part of pattern.properties) {
    const key = part.type === 'RestElement' ? undefined : keyText(part.key, part.computed)
    if (part.type === 'RestElement' || key === undefined) noteWholeEnvironment(part, walker)
    else if (key !== 'env') continue
    else if (part.value.type === 'ObjectPattern') {
      noteEnvironmentPattern(part.value, part.value, walker)
      noteWholeEnvironment(part.value, walker)
    } else if (part.value.type !== 'Identifier' || !isAlias(part.value.name, walker)) noteWholeEnvironment(part, walker)
  }
}

function isAlias(name: string, walker: Walker): boolean {
  const found = walker.locals.find(name)
  return found === undefined ? walker.module.environmentNames.has(name) : found.local.isEnvironment === true
}

/** Names that a declarator makes another name of the environment. Scopes around it have to be those of the walker. */
export function environmentAliases({ id, init }: VariableDeclarator, walker: Walker): readonly string[] {
  if (init === null) return []
  const value = environmentValue(init)
  if (id.type === 'Identifier') return isEnvironment(value, walker) ? [id.name] : []
  if (id.type !== 'ObjectPattern' || !isProcess(value, walker)) return []
  return id.properties.flatMap((part) => {
    const isOfEnvironment = part.type === 'Property' && keyText(part.key, part.computed) === 'env'
    return isOfEnvironment && part.value.type === 'Identifier' ? [part.value.name] : []
  })
}

/** Marks the names of a block that are other names of the environment. */
export function markEnvironmentAliases(statements: readonly Node[], walker: Walker): void {
  for (const statement of statements) {
    if (statement.type !== 'VariableDeclaration') continue
    for (const one of statement.declarations) {
      for (const name of environmentAliases(one, walker)) walker.locals.mark(name)
    }
  }
}

/** `process.env ?? {}` is the environment. */
function environmentValue(init: Node): Node {
  const node = unwrapped(init)
  if (node.type !== 'LogicalExpression' || node.operator === '&&') return node
  const other = unwrapped(node.right)
  return other.type === 'ObjectExpression' && other.properties.length === 0 ? environmentValue(node.left) : node
}

/** Notes which variables a schema reads, if a call gives it the environment. */
export function noteParsedEnvironment(node: CallExpression, walker: Walker): void {
  const parsed = environmentKeys(node, walker)
  if (parsed === undefined || !isEnvironment(parsed.data, walker)) return
  for (const key of parsed.keys) walker.facts.add('environment', key)
  walker.taken.add(unwrapped(parsed.data))
}

/** `'NAME' in process.env`. */
export function noteAskedEnvironment(node: Extract<Node, { type: 'BinaryExpression' }>, walker: Walker): void {
  const name = node.operator === 'in' ? literalText(node.left) : undefined
  if (name === undefined || !isEnvironment(node.right, walker)) return
  walker.facts.add('environment', name)
  walker.taken.add(unwrapped(node.right))
}

/** Whether an expression is `process`, also by `globalThis` or as imported from `node:process`. */
export function isProcess(node: Node, walker: Walker): boolean {
  const found = unwrapped(node)
  if (found.type === 'MemberExpression') {
    const object = unwrapped(found.object)
    const isOnGlobal = object.type === 'Identifier' && /^(?:globalThis|global)$/.test(object.name)
    return isOnGlobal && keyText(found.property, found.computed) === 'process'
  }
  if (found.type !== 'Identifier' || walker.locals.has(found.name)) return false
  const imported = walker.module.imports[found.name]
  if (imported === undefined) return found.name === 'process' && !walker.module.declares('process')
  return PROCESS_MODULE.test(imported.from) && /^(?:\*|default)$/.test(imported.name)
}

/** Whether an expression is `process.env`, also by another name. */
export function isEnvironment(node: Node, walker: Walker): boolean {
  const found = unwrapped(node)
  if (found.type === 'MemberExpression') {
    return keyText(found.property, found.computed) === 'env' && isProcess(found.object, walker)
  }
  if (found.type !== 'Identifier') return false
  const local = walker.locals.find(found.name)?.local
  if (local !== undefined) return local.isEnvironment === true
  if (walker.module.environmentNames.has(found.name)) return true
  const imported = walker.module.imports[found.name]
  return imported !== undefined && PROCESS_MODULE.test(imported.from) && imported.name === 'env'
}
