import { visitorKeys, type Expression, type Node } from 'oxc-parser'

/** An expression without the wrappers that vanish at run time: `x as T`, `x!`, `x satisfies T`, `f<T>`. */
export function unwrapped(node: Node): Node {
  let inner = node
  for (;;) {
    switch (inner.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ParenthesizedExpression':
        inner = inner.expression
        break
      default:
        return inner
    }
  }
}

/** The text of a string literal or of a template without expressions. */
export function literalText(node: Node | undefined): string | undefined {
  if (node === undefined) return undefined
  const inner = unwrapped(node)
  if (inner.type === 'Literal') return typeof inner.value === 'string' ? inner.value : undefined
  if (inner.type !== 'TemplateLiteral' || inner.expressions.length > 0) return undefined
  return inner.quasis[0]?.value.cooked ?? undefined
}

/** The name of a member or property key if it is in the text: `x.a`, `x['a']`, `x[0]`, `{ a: 1 }`. */
export function keyText(key: Node, isComputed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (!isComputed && key.type === 'Identifier') return key.name
  const text = literalText(key)
  if (text !== undefined) return text
  return key.type === 'Literal' && typeof key.value === 'number' ? String(key.value) : undefined
}

/** Whether a node is the text of a function. */
export function isFunction(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
}

/** Whether an expression is `import.meta`. */
export function isImportMeta(node: Node): boolean {
  const inner = unwrapped(node)
  return inner.type === 'MetaProperty' && inner.meta.name === 'import'
}

/** Whether an expression is `import.meta.url` or another way to say where this module lies. */
export function isOwnPlace(node: Node | undefined): boolean {
  if (node === undefined) return false
  if (node.type === 'Identifier') return node.name === '__filename'
  if (node.type !== 'MemberExpression' || !isImportMeta(node.object)) return false
  return ['url', 'filename'].includes(keyText(node.property, node.computed) ?? '')
}

/** An expression among the arguments of a call: not a spread. */
export function argumentAt(list: readonly Node[], index: number): Expression | undefined {
  const given = list[index]
  if (given === undefined || list.slice(0, index + 1).some((one) => one.type === 'SpreadElement')) return undefined
  // Sound: arguments are expressions or spreads, and it is no spread.
  return given as Expression
}

/** The text of a function, a declaration or an expression. */
export function isFunctionNode(
  node: Node,
): node is Extract<Node, { readonly type: 'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration' }> {
  return isFunction(node) || node.type === 'FunctionDeclaration'
}

/** All nodes directly below a node. */
export function childNodes(node: Node): readonly Node[] {
  // Sound: the fields that the parser lists hold nodes, lists of nodes or nothing.
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>
  return (visitorKeys[node.type] ?? []).flatMap((key) =>
    [fields[key]].flat().filter((child) => child !== null && child !== undefined),
  )
}
