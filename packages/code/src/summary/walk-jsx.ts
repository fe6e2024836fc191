import type { Node } from 'oxc-parser'

import { walkIdentifier } from './walk-members.ts'
import { walkGeneric } from './walk-generic.ts'
import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

/** An element needs the runtime of JSX, whatever that is. Comments that choose another one count like code. */
export function walkElement(node: Of<'JSXElement'> | Of<'JSXFragment'>, walker: Walker): void {
  const { source, isUnknown } = walker.module.jsxComments
  walker.refer(['jsx', source], node.start)
  if (isUnknown) walker.refuse('it has JSX, and a comment compiles that otherwise', node.start)
  walkTagName(node, walker)
  walkGeneric(node, walker)
}

/** A tag that starts with a capital is a name; any other is text. */
function walkTagName(node: Of<'JSXElement'> | Of<'JSXFragment'>, walker: Walker): void {
  if (node.type === 'JSXFragment' || node.openingElement.name.type !== 'JSXIdentifier') return
  const { name } = node.openingElement.name
  const isName = /^[\p{Lu}_$]/u.test(name) || walker.locals.has(name)
  if (isName) walkIdentifier(asIdentifier(name, node.start), walker)
}

export function walkJsxIdentifier(node: Of<'JSXIdentifier'>, walker: Walker): void {
  walker.tokens.mark('JI;')
  walker.tokens.text(node.name)
}

/** `<ui.Box>`: its object is a name. */
export function walkJsxMember(node: Of<'JSXMemberExpression'>, walker: Walker): void {
  walker.tokens.mark('JM;')
  if (node.object.type === 'JSXIdentifier') walkIdentifier(asIdentifier(node.object.name, node.object.start), walker)
  else walker.walk(node.object)
  walker.tokens.text(node.property.name)
}

function asIdentifier(name: string, start: number): Of<'Identifier'> {
  return { type: 'Identifier', name, start, end: start + name.length }
}
