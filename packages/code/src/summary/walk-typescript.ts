import type { Node } from 'oxc-parser'

import { blockNames } from './binding-names.ts'
import { keyText } from './syntax.ts'
import type { Walker } from './walker.ts'

type Of<T extends string> = Extract<Node, { readonly type: T }>

export function walkEnum(node: Of<'TSEnumDeclaration'>, walker: Walker): void {
  const { members } = node.body
  const names = members.map((member) => keyText(member.id, member.computed) ?? '')
  walker.tokens.mark('enum;')
  walker.tokens.text(node.id.name)
  walker.locals.push([...names, node.id.name], walker.functionDepth)
  members.forEach((member, index) => {
    walker.tokens.mark('member;')
    walker.tokens.text(names[index] ?? '')
    walker.walk(member.initializer)
  })
  walker.locals.pop()
}

/** A namespace counts whole. */
export function walkNamespace(node: Of<'TSModuleDeclaration'>, walker: Walker): void {
  if (node.declare === true || node.body === null || node.id.type !== 'Identifier') return
  const name = node.id.name
  const statements: readonly Node[] = node.body.type === 'TSModuleBlock' ? node.body.body : [node.body]
  walker.tokens.mark('namespace;')
  walker.tokens.text(name)
  walker.locals.push([name, ...blockNames(statements)], walker.functionDepth)
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration !== null) walker.walk(declaration)
  }
  walker.locals.pop()
}

/** `import x = require('./x')`. */
export function walkImportEquals(node: Of<'TSImportEqualsDeclaration'>, walker: Walker): void {
  if (node.importKind === 'type') return
  walker.tokens.mark('import=;')
  const from = node.moduleReference
  if (from.type === 'TSExternalModuleReference') {
    const specifier = from.expression.value
    walker.refer(['require', specifier], node.start)
    walker.module.request(specifier, 'require')
  } else {
    walkEntityName(from, walker)
  }
}

/** `import x = A.B` */
function walkEntityName(name: Node, walker: Walker): void {
  if (name.type === 'TSQualifiedName') {
    walkEntityName(name.left, walker)
    walker.tokens.text(name.right.name)
  } else {
    walker.walk(name)
  }
}
