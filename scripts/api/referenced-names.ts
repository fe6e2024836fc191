import { isNode, nameOf, type Node } from './declaration-module.ts'

/** What a declaration refers to: names in its scope, and names of other modules by `import('...')`. */
export interface References {
  readonly names: Set<string>
  readonly inline: { readonly specifier: string; readonly name: string }[]
}

/** Collects what a declaration refers to. Names of members and parameters are not references. */
export function referencedNames(node: Node): References {
  const found: References = { names: new Set(), inline: [] }
  visit(node, found)
  return found
}

function visit(node: Node, found: References): void {
  if (node.type === 'Identifier') found.names.add(nameOf(node))
  if (node.type === 'TSImportType') addInline(node, found)
  for (const [field, value] of Object.entries(node)) {
    if (field === 'key' && node['computed'] !== true) continue
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue
      if (field === 'params' && child.type === 'Identifier') visitAnnotation(child, found)
      else visit(child, found)
    }
  }
}

function visitAnnotation(parameter: Node, found: References): void {
  if (isNode(parameter['typeAnnotation'])) visit(parameter['typeAnnotation'], found)
}

function addInline(node: Node, found: References): void {
  const source = node['source']
  const specifier = isNode(source) ? String(source['value']) : ''
  found.inline.push({ specifier, name: nameOf(node['qualifier']) })
}
