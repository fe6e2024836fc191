import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import { parseAst } from 'rolldown/parseAst'

/** A name of another module: by its file, or by its specifier where that is a package. */
export interface Origin {
  readonly from: string
  readonly isFile: boolean
  readonly name: string
  /** Exported or imported with `type`: then a class is no value. */
  readonly isType?: boolean
}

/** What one `.d.ts` file declares, imports and exports. */
export interface DeclarationModule {
  readonly code: string
  /** Statements by the name that they declare; overloads and merged declarations are several. */
  readonly declared: ReadonlyMap<string, readonly Node[]>
  /** Local names that come from elsewhere. */
  readonly imported: ReadonlyMap<string, Origin>
  /** Exported names, and what they stand for in this module or another one. */
  readonly exported: ReadonlyMap<string, Origin>
  /** Modules of which everything is exported. */
  readonly stars: readonly Origin[]
}

/** A node of the syntax tree, as far as it is looked at. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

interface Draft {
  readonly declared: Map<string, Node[]>
  readonly imported: Map<string, Origin>
  readonly exported: Map<string, Origin>
  readonly stars: Origin[]
}

/** Reads a declaration file. */
export function readDeclarations(file: string): DeclarationModule {
  const code = readFileSync(file, 'utf8')
  const draft: Draft = { declared: new Map(), imported: new Map(), exported: new Map(), stars: [] }
  // Sound: every node of the parser has a type, a start and an end.
  const body = parseAst(code, { lang: 'dts', astType: 'ts' }).body as unknown as readonly Node[]
  for (const statement of body) addStatement(draft, statement, file)
  return { code, ...draft }
}

function addStatement(draft: Draft, node: Node, file: string): void {
  if (node.type === 'ImportDeclaration') addImports(draft, node, file)
  else if (node.type === 'ExportAllDeclaration') draft.stars.push(origin(node, '*', file))
  else if (node.type === 'ExportDefaultDeclaration')
    addExport(draft, 'default', { name: nameOf(node['declaration']), file })
  else if (node.type === 'ExportNamedDeclaration' && isNode(node['declaration'])) {
    for (const name of addDeclaration(draft, node['declaration'])) addExport(draft, name, { name, file })
  } else if (node.type === 'ExportNamedDeclaration') addExports(draft, node, file)
  else addDeclaration(draft, node)
}

function addExport(draft: Draft, as: string, { name, file }: { readonly name: string; readonly file: string }): void {
  draft.exported.set(as, { from: file, isFile: true, name })
}

function addImports(draft: Draft, node: Node, file: string): void {
  for (const each of nodesOf(node['specifiers'])) {
    const name = each.type === 'ImportSpecifier' ? nameOf(each['imported']) : '*'
    const from = origin(node, name, file)
    draft.imported.set(nameOf(each['local']), { ...from, isType: isTypeOnly(node) || isTypeOnly(each) })
  }
}

function addExports(draft: Draft, node: Node, file: string): void {
  for (const each of nodesOf(node['specifiers'])) {
    const local = nameOf(each['local'])
    const isType = isTypeOnly(node) || isTypeOnly(each)
    const here: Origin = { from: file, isFile: true, name: local, isType }
    const from = isNode(node['source']) ? { ...origin(node, local, file), isType } : here
    draft.exported.set(nameOf(each['exported']), from)
  }
}

function addDeclaration(draft: Draft, node: Node): readonly string[] {
  const declarators = node.type === 'VariableDeclaration' ? nodesOf(node['declarations']) : [node]
  const names = declarators.map((each) => nameOf(each['id'])).filter((name) => name !== '')
  for (const name of names) draft.declared.set(name, [...(draft.declared.get(name) ?? []), node])
  return names
}

function origin(node: Node, name: string, file: string): Origin {
  const source = node['source']
  const specifier = isNode(source) ? String(source['value']) : ''
  return { ...resolveSpecifier(specifier, file), name, isType: isTypeOnly(node) }
}

function isTypeOnly(node: Node): boolean {
  return node['exportKind'] === 'type' || node['importKind'] === 'type'
}

/** Where a specifier of a declaration file leads. */
export function resolveSpecifier(specifier: string, file: string): Pick<Origin, 'from' | 'isFile'> {
  if (!specifier.startsWith('.')) return { from: specifier, isFile: false }
  return { from: resolve(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts')), isFile: true }
}

/** The name of an identifier, or an empty text for anything else. */
export function nameOf(node: unknown): string {
  return isNode(node) && node.type === 'Identifier' ? String(node['name']) : ''
}

/** Whether a value is a node of the syntax tree. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function nodesOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : []
}
