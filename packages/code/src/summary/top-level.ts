import type { Node, Program, VariableDeclarator } from 'oxc-parser'

import { hoistedNames, patternNames } from './binding-names.ts'
import type { ExportedName, ExportList, ImportStatement, Span, UnitKind } from './module-summary.ts'
import type { ModuleContext } from './module-context.ts'

/** A top-level declaration or statement before it is walked. */
export interface UnitSource {
  readonly names: readonly string[]
  readonly kind: UnitKind
  readonly node: Node
  readonly statement: Span
}

/** The statements of a module, sorted. */
export interface TopLevel {
  readonly units: UnitSource[]
  readonly exports: Record<string, ExportedName>
  readonly stars: string[]
  readonly importStatements: ImportStatement[]
  readonly exportLists: ExportList[]
  readonly typeStatements: Span[]
}

/** Name of an anonymous default export. */
export const DEFAULT_NAME = '*default*'

type Of<T extends string> = Extract<Node, { readonly type: T }>

/** Sorts the statements of a module into imports, exports and units; notes imports and requests in the context. */
export function sortStatements(program: Program, context: ModuleContext): TopLevel {
  const sorter = new StatementSorter(context)
  for (const statement of program.body) sorter.sort(statement)
  return sorter
}

class StatementSorter implements TopLevel {
  readonly units: UnitSource[] = []
  readonly exports: Record<string, ExportedName> = Object.create(null)
  readonly stars: string[] = []
  readonly importStatements: ImportStatement[] = []
  readonly exportLists: ExportList[] = []
  readonly typeStatements: Span[] = []
  readonly #context: ModuleContext
  #statement: Span = [0, 0]

  constructor(context: ModuleContext) {
    this.#context = context
  }

  sort(statement: Node): void {
    this.#statement = [statement.start, statement.end]
    switch (statement.type) {
      case 'ImportDeclaration':
        return this.#import(statement)
      case 'ExportAllDeclaration':
        return this.#exportAll(statement)
      case 'ExportNamedDeclaration':
        return this.#exportNamed(statement)
      case 'ExportDefaultDeclaration':
        return this.#exportDefault(statement)
      default:
        return this.#declare(statement, false)
    }
  }

  #import(statement: Of<'ImportDeclaration'>): void {
    const from = statement.source.value
    const specifiers = statement.specifiers.filter((one) => one.type !== 'ImportSpecifier' || one.importKind !== 'type')
    if (statement.importKind === 'type') {
      this.typeStatements.push(this.#statement)
      return
    }
    // An import of types alone is kept by Node as an import without names.
    this.#context.request(from, specifiers.length > 0 ? 'static' : 'effect')
    this.importStatements.push({ range: this.#statement, names: specifiers.map((one) => one.local.name) })
    for (const one of specifiers) {
      this.#context.imports[one.local.name] = { from, name: importedName(one) }
    }
  }

  #exportAll(statement: Of<'ExportAllDeclaration'>): void {
    if (statement.exportKind === 'type') return
    const from = statement.source.value
    this.#context.request(from, 'static')
    if (statement.exported === null) this.stars.push(from)
    else this.exports[nameOf(statement.exported)] = { from, name: '*' }
  }

  #exportNamed(statement: Of<'ExportNamedDeclaration'>): void {
    if (statement.exportKind === 'type') return
    const from = statement.source?.value
    const pairs = statement.specifiers
      .filter((one) => one.exportKind !== 'type')
      .map((one) => [nameOf(one.local), nameOf(one.exported)] as const)
    if (from !== undefined) this.#context.request(from, pairs.length > 0 ? 'static' : 'effect')
    else if (statement.declaration === null) this.exportLists.push({ range: this.#statement, pairs })
    for (const [local, exported] of pairs) {
      this.exports[exported] = from === undefined ? { local } : { from, name: local }
    }
    if (statement.declaration !== null) this.#declare(statement.declaration, true)
  }

  #exportDefault({ declaration }: Of<'ExportDefaultDeclaration'>): void {
    if (declaration.type === 'TSInterfaceDeclaration') return
    const isNamed = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration'
    const name = isNamed ? declaration.id?.name : undefined
    if (declaration.type === 'TSDeclareFunction') return
    if (name === undefined) this.#add([DEFAULT_NAME], 'default', declaration)
    else this.#declare(declaration, false)
    this.exports['default'] = { local: name ?? DEFAULT_NAME }
  }

  #declare(node: Node, isExported: boolean): void {
    if ('declare' in node && node.declare === true) return
    switch (node.type) {
      case 'VariableDeclaration':
        for (const one of node.declarations) this.#addVariable(one, variableKind(node.kind), isExported)
        return
      case 'FunctionDeclaration':
        if (node.body !== null && node.id !== null) this.#addNamed(node.id.name, 'function', { node, isExported })
        return
      case 'ClassDeclaration':
        if (node.id !== null) this.#addNamed(node.id.name, 'class', { node, isExported })
        return
      case 'TSEnumDeclaration':
        return this.#addNamed(node.id.name, 'enum', { node, isExported })
      case 'TSModuleDeclaration':
        if (node.id.type === 'Identifier') this.#addNamed(node.id.name, 'namespace', { node, isExported })
        return
      case 'TSImportEqualsDeclaration':
        if (node.importKind !== 'type') this.#addNamed(node.id.name, 'const', { node, isExported })
        return
      default:
        return this.#addStatement(node)
    }
  }

  #addStatement(node: Node): void {
    if (node.type === 'EmptyStatement') return
    if (node.type === 'ExpressionStatement' && 'directive' in node && typeof node.directive === 'string') return
    const isType = node.type.startsWith('TS') && node.type !== 'TSExportAssignment'
    if (!isType) this.#add(hoistedNames(node), 'effect', node)
  }

  #addVariable(node: VariableDeclarator, kind: UnitKind, isExported: boolean): void {
    const names = patternNames(node.id)
    this.#add(names, kind, node)
    if (isExported) for (const name of names) this.exports[name] = { local: name }
  }

  #addNamed(name: string, kind: UnitKind, of: { readonly node: Node; readonly isExported: boolean }): void {
    this.#add([name], kind, of.node)
    if (of.isExported) this.exports[name] = { local: name }
  }

  #add(names: readonly string[], kind: UnitKind, node: Node): void {
    const index = this.units.push({ names, kind, node, statement: this.#statement }) - 1
    for (const name of names) {
      if (!this.#context.unitNames.has(name)) this.#context.unitNames.set(name, index)
    }
  }
}

function variableKind(kind: string): UnitKind {
  return kind === 'const' || kind === 'let' || kind === 'var' ? kind : 'using'
}

function importedName(specifier: Of<'ImportDeclaration'>['specifiers'][number]): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default'
  return specifier.type === 'ImportNamespaceSpecifier' ? '*' : nameOf(specifier.imported)
}

function nameOf(name: Node): string {
  if (name.type === 'Identifier') return name.name
  return name.type === 'Literal' ? String(name.value) : ''
}
