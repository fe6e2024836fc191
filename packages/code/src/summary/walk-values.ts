import type { Node } from 'oxc-parser'

import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

/** A literal counts by its value, not by its spelling. */
export function walkLiteral(node: Of<'Literal'>, walker: Walker): void {
  const { tokens } = walker
  if ('regex' in node && node.regex !== null && node.regex !== undefined) {
    tokens.mark('/;')
    tokens.text(node.regex.pattern)
    return tokens.text(node.regex.flags)
  }
  if ('bigint' in node && typeof node.bigint === 'string') {
    tokens.mark('n;')
    return tokens.text(node.bigint)
  }
  tokens.mark(`${typeof node.value};`)
  return tokens.text(String(node.value))
}

/** Text of a template: what it is after escapes, and as written, which a tag can see. */
export function walkTemplateElement(node: Of<'TemplateElement'>, walker: Walker): void {
  walker.tokens.mark('q;')
  walker.tokens.text(node.value.cooked ?? '')
}

/** A property of an object literal: `{ a }` and `{ a: a }` are the same. */
export function walkProperty(node: Of<'Property'>, walker: Walker): void {
  noteImplicit(node.key, { isComputed: node.computed, kind: node.kind }, walker)
  walker.tokens.mark(`P${node.kind}${node.method ? 'm' : ''};`)
  walkKey(node.key, node.computed, walker)
  walker.walk(node.value)
}

/** Names of methods that the language calls without being told. */
export const CALLED_BY_LANGUAGE: RegExp = /^(?:toString|toJSON|valueOf|then)$/

/** Notes a member that runs without being called. */
export function noteImplicit(
  key: Node,
  { isComputed, kind }: { readonly isComputed: boolean; readonly kind: string },
  walker: Walker,
): void {
  const isAccessor = kind === 'get' || kind === 'set'
  const isSymbol = isComputed && key.type === 'MemberExpression'
  const isKnown = !isComputed && key.type === 'Identifier' && CALLED_BY_LANGUAGE.test(key.name)
  if (isAccessor || isSymbol || isKnown) walker.facts.flags.hasImplicit = true
}

/** The name of a property, method or field. */
export function walkKey(key: Node, isComputed: boolean, walker: Walker): void {
  if (isComputed) {
    walker.tokens.mark('k[;')
    return walker.walk(key)
  }
  if (key.type === 'PrivateIdentifier') {
    walker.tokens.mark('k#;')
    return walker.tokens.text(key.name)
  }
  walker.tokens.mark('k;')
  if (key.type === 'Identifier') return walker.tokens.text(key.name)
  return key.type === 'Literal' ? walker.tokens.text(String(key.value)) : walker.walk(key)
}
