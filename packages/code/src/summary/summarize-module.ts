import type { Node } from 'oxc-parser'

import { calleePath } from './callee-path.ts'
import { link } from '../flow/place.ts'
import { environmentAliases } from './environment-reads.ts'
import { ModuleContext } from './module-context.ts'
import { SUMMARY_VERSION, type Initialiser, type ModuleSummary, type Unit } from './module-summary.ts'
import { isStackOverflow, parseCode, TOO_DEEP } from './parse-code.ts'
import { statementGist } from './statement-gist.ts'
import { isFunction, literalText, unwrapped } from './syntax.ts'
import { sortStatements, type TopLevel, type UnitSource } from './top-level.ts'
import { walkDeclarator } from './walk-statements.ts'
import { isCreateRequire } from './walk-imports.ts'
import { Walker } from './walker.ts'

/** What to summarise. */
export interface ModuleText {
  /** Its extension says the language. */
  readonly file: string
  /** Without a byte order mark. */
  readonly text: string
  /** A call that is a definition whatever it looks like: the offset of the last name of its callee. */
  readonly definitionAt?: number | undefined
}

/** Kinds of units that keep the value that they start with. */
const FIXED = /^(?:const|using|function|class|default)$/

/** Summarises the text of a module. It accepts any text: what cannot be parsed is `broken`. */
export function summarizeModule(module: ModuleText): ModuleSummary {
  const parsed = parseCode(module.file, module.text)
  if ('problem' in parsed) return emptySummary({ kind: 'broken', problem: parsed.problem })
  const context = new ModuleContext(module, parsed.isCommonJs)
  const top = sortStatements(parsed.program, context)
  try {
    return summaryOf(top, context)
  } catch (error) {
    if (!isStackOverflow(error)) throw error
    const line = context.lineAt(top.units[context.unit]?.node.start ?? 0)
    return emptySummary({ kind: 'broken', problem: { what: TOO_DEEP, line } })
  }
}

function summaryOf(top: TopLevel, context: ModuleContext): ModuleSummary {
  const units = withGists(walkUnits(top, context), top)
  return {
    version: SUMMARY_VERSION,
    kind: context.isCommonJs ? 'commonjs' : 'module',
    imports: { ...context.imports },
    exports: { ...top.exports },
    stars: top.stars,
    requests: context.requests,
    units,
    definitions: context.definitions,
    looseImplementations: context.looseImplementations,
    importStatements: top.importStatements,
    exportLists: top.exportLists,
    typeStatements: top.typeStatements,
  }
}

/** A summary of something that has no units. */
export function emptySummary(
  fields: Pick<ModuleSummary, 'kind'> & Partial<Pick<ModuleSummary, 'problem' | 'dataHash'>>,
): ModuleSummary {
  return {
    version: SUMMARY_VERSION,
    imports: {},
    exports: {},
    stars: [],
    requests: [],
    units: [],
    definitions: [],
    looseImplementations: [],
    importStatements: [],
    exportLists: [],
    typeStatements: [],
    ...fields,
  }
}

function walkUnits(top: TopLevel, context: ModuleContext): readonly Unit[] {
  const walker = new Walker(context)
  for (const { names, kind, node } of top.units) {
    const isRequire = node.type === 'VariableDeclarator' && isCreateRequire(node.init, walker)
    if (isRequire && names[0] !== undefined) context.requires.add(names[0])
    if (node.type !== 'VariableDeclarator') continue
    for (const name of environmentAliases(node, walker)) context.environmentNames.add(name)
    if (kind === 'const' && node.id.type === 'Identifier' && node.init !== null) {
      context.constants.set(node.id.name, node.init)
    }
  }
  return top.units.map((source, index) => walkUnit(source, index, walker))
}

/** Adds to statements what they do; the second one of the same says that it is. */
function withGists(units: readonly Unit[], top: TopLevel): readonly Unit[] {
  const counts = new Map<string, number>()
  return units.map((unit, index) => {
    const source = top.units[index]
    const words = unit.kind === 'effect' && source !== undefined ? statementGist(source.node) : undefined
    if (words === undefined) return unit
    const count = (counts.get(words) ?? 0) + 1
    counts.set(words, count)
    return { ...unit, gist: count === 1 ? words : `${words} #${count}` }
  })
}

function walkUnit(source: UnitSource, index: number, walker: Walker): Unit {
  const { names, kind, node, statement } = source
  const init = node.type === 'VariableDeclarator' ? node.init : node
  const isRequire = names[0] !== undefined && walker.module.requires.has(names[0])
  walker.module.unit = index
  walker.ownNames = new Set(names)
  walker.valueFunction = init === null ? undefined : unwrapped(init)
  const facts = walker.piece(() => {
    walker.tokens.mark(`${kind};`)
    for (const name of names) walker.tokens.text(name)
    if (isRequire) walker.tokens.mark('createRequire;')
    else if (node.type === 'VariableDeclarator') walkDeclarator(node, walker)
    else walkOther(node, walker)
  })
  const initialiser = init === null || init === undefined ? undefined : initialiserOf(init, isRequire)
  const environmentNames = names.filter((name) => walker.module.environmentNames.has(name))
  const repeats = names.filter((name) => walker.module.unitNames.get(name) !== index)
  return {
    names,
    kind,
    range: [node.start, node.end],
    statement,
    line: walker.module.lineAt(node.start),
    ...facts,
    ...(FIXED.test(kind) && initialiser !== undefined && { initialiser }),
    ...(node.type === 'ClassDeclaration' && node.body.body.some(isStatic) && { hasStatics: true }),
    ...(environmentNames.length > 0 && { environmentNames }),
    ...(repeats.length > 0 && { repeats }),
  }
}

/** A function, class or anything else that is no variable. */
function walkOther(node: Node, walker: Walker): void {
  const isValue = /^(?:Function|Class)Declaration$/.test(node.type) || node.type.endsWith('Expression')
  if (isValue) link(walker.flowOf(node), walker.flow.value)
  walker.walk(node)
}

function isStatic(member: Node): boolean {
  if (member.type === 'StaticBlock') return true
  return (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') && member.static
}

function initialiserOf(init: Node, isRequire: boolean): Initialiser {
  if (isRequire) return { kind: 'require' }
  const node = unwrapped(init)
  if (isFunction(node) || node.type === 'FunctionDeclaration') return { kind: 'function' }
  if (node.type === 'ClassExpression' || node.type === 'ClassDeclaration') return { kind: 'class' }
  if (node.type === 'Literal' && 'regex' in node && /[gy]/.test(node.regex?.flags ?? '')) return { kind: 'pattern' }
  if (node.type === 'Literal' || literalText(node) !== undefined) return { kind: 'literal' }
  if (node.type === 'ObjectExpression' || node.type === 'ArrayExpression') return { kind: 'container' }
  const { root, path, hasCall } = calleePath(node)
  if (root === '' || root === '#') return { kind: 'value' }
  if (hasCall) return { kind: 'call', root, path }
  return node.type === 'Identifier' || node.type === 'MemberExpression'
    ? { kind: 'alias', root, path }
    : { kind: 'value' }
}
