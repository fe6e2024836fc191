import type { Node } from 'oxc-parser'

/** The names that a pattern declares, in order. */
export function patternNames(pattern: Node | null | undefined, into: string[] = []): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      into.push(pattern.name)
      break
    case 'ObjectPattern':
      for (const part of pattern.properties) patternNames(part.type === 'RestElement' ? part : part.value, into)
      break
    case 'ArrayPattern':
      for (const part of pattern.elements) patternNames(part, into)
      break
    case 'RestElement':
      patternNames(pattern.argument, into)
      break
    case 'AssignmentPattern':
      patternNames(pattern.left, into)
      break
    case 'TSParameterProperty':
      patternNames(pattern.parameter, into)
      break
    default:
  }
  return into
}

/** Names that statements declare in their own block: `let`, `const`, `using`, classes, functions, enums, namespaces. */
export function blockNames(statements: readonly Node[], into: string[] = []): string[] {
  for (const statement of statements) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    switch (declaration?.type) {
      case 'VariableDeclaration':
        if (declaration.kind !== 'var') for (const one of declaration.declarations) patternNames(one.id, into)
        break
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        if (declaration.id !== null) into.push(declaration.id.name)
        break
      case 'TSEnumDeclaration':
      case 'TSImportEqualsDeclaration':
        into.push(declaration.id.name)
        break
      case 'TSModuleDeclaration':
        if (declaration.id.type === 'Identifier') into.push(declaration.id.name)
        break
      default:
    }
  }
  return into
}

/** Names of `var` declarations in statements and the blocks below them, not in functions. */
export function hoistedNames(node: Node | readonly Node[] | null | undefined, into: string[] = []): string[] {
  if (node === null || node === undefined) return into
  if (isList(node)) {
    for (const one of node) hoistedNames(one, into)
    return into
  }
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind === 'var') for (const one of node.declarations) patternNames(one.id, into)
      break
    case 'BlockStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      return hoistedNames(node.body, into)
    case 'IfStatement':
      hoistedNames(node.consequent, into)
      return hoistedNames(node.alternate, into)
    case 'ForStatement':
      hoistedNames(node.init, into)
      return hoistedNames(node.body, into)
    case 'ForInStatement':
    case 'ForOfStatement':
      hoistedNames(node.left, into)
      return hoistedNames(node.body, into)
    case 'TryStatement':
      hoistedNames(node.block, into)
      hoistedNames(node.handler?.body, into)
      return hoistedNames(node.finalizer, into)
    case 'SwitchStatement':
      for (const one of node.cases) hoistedNames(one.consequent, into)
      break
    default:
  }
  return into
}

function isList(value: Node | readonly Node[]): value is readonly Node[] {
  return Array.isArray(value)
}
