import type { CallExpression, Node } from 'oxc-parser'

import { argumentAt, keyText, unwrapped } from './syntax.ts'
import type { Walker } from './walker.ts'

/** A value that a schema takes known keys out of. */
export interface ParsedData {
  readonly keys: readonly string[]
  readonly data: Node
}

const PARSERS = /^(?:safeParse|parse)(?:Async)?$/
const ZOD = /^zod(?:\/|$)/
/** Methods of an object schema after which it is given the same keys, or fewer. */
const SAME_KEYS = new Set([
  'brand',
  'catch',
  'check',
  'default',
  'describe',
  'meta',
  'omit',
  'partial',
  'pick',
  'pipe',
  'readonly',
  'refine',
  'required',
  'strip',
  'superRefine',
  'transform',
])
/** So many names are behind each other at most. */
const DEEPEST = 20

/**
 * The keys that `z.object({ NAME: ... }).parse(data)` reads of `data`: what is not a key of the schema is left out before
 * anything else sees it. Nothing is said of a schema that is not written out.
 */
export function environmentKeys(node: CallExpression, walker: Walker): ParsedData | undefined {
  const callee = unwrapped(node.callee)
  if (callee.type !== 'MemberExpression' || !PARSERS.test(keyText(callee.property, callee.computed) ?? '')) {
    return undefined
  }
  const isOfZod = isZod(callee.object, walker)
  const schema = isOfZod ? argumentAt(node.arguments, 0) : callee.object
  const data = argumentAt(node.arguments, isOfZod ? 1 : 0)
  if (schema === undefined || data === undefined) return undefined
  const keys = keysOf(schema, walker, 0)
  return keys && { keys, data }
}

function keysOf(schema: Node, walker: Walker, depth: number): readonly string[] | undefined {
  const node = unwrapped(schema)
  if (depth > DEEPEST) return undefined
  if (node.type === 'Identifier') {
    const value = constantOf(node.name, walker)
    return value && keysOf(value, walker, depth + 1)
  }
  if (node.type !== 'CallExpression') return undefined
  const callee = unwrapped(node.callee)
  if (callee.type === 'Identifier') {
    const imported = walker.locals.has(callee.name) ? undefined : walker.module.imports[callee.name]
    const isObject = imported !== undefined && ZOD.test(imported.from) && imported.name === 'object'
    return isObject ? literalKeys(argumentAt(node.arguments, 0)) : undefined
  }
  if (callee.type !== 'MemberExpression') return undefined
  const method = keyText(callee.property, callee.computed) ?? ''
  if (isZod(callee.object, walker)) return method === 'object' ? literalKeys(argumentAt(node.arguments, 0)) : undefined
  const before = SAME_KEYS.has(method) || method === 'extend' ? keysOf(callee.object, walker, depth + 1) : undefined
  if (method !== 'extend') return before
  const added = literalKeys(argumentAt(node.arguments, 0))
  return before && added && [...before, ...added]
}

/** What a constant is, if that is in its text. */
function constantOf(name: string, walker: Walker): Node | undefined {
  const found = walker.locals.find(name)
  if (found === undefined) return walker.module.constants.get(name)
  const given = found.local.given ?? []
  return given.length === 1 && found.local.origin !== 'param' ? given[0] : undefined
}

function isZod(node: Node, walker: Walker): boolean {
  const name = unwrapped(node)
  if (name.type !== 'Identifier' || walker.locals.has(name.name)) return false
  const imported = walker.module.imports[name.name]
  return imported !== undefined && ZOD.test(imported.from) && /^(?:z|\*|default)$/.test(imported.name)
}

/** The keys of an object literal, if all of them are written out. */
function literalKeys(node: Node | undefined): readonly string[] | undefined {
  const object = node === undefined ? undefined : unwrapped(node)
  if (object?.type !== 'ObjectExpression') return undefined
  const keys = object.properties.map((one) => (one.type === 'Property' ? keyText(one.key, one.computed) : undefined))
  return keys.every((key) => key !== undefined) ? keys : undefined
}
