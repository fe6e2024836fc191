import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

import { visitorKeys, type Node } from 'oxc-parser'

import type { ModuleSummary, Span } from '../summary/module-summary.ts'
import { parseCode } from '../summary/parse-code.ts'
import { argumentAt, isImportMeta, isOwnPlace, keyText, literalText, unwrapped } from '../summary/syntax.ts'
import type { TextEdit } from './text-edit.ts'

/** What of a module can only be changed, or found, by its syntax. */
export interface SyntaxEdits {
  readonly edits: readonly TextEdit[]
  /** Where classes really start whose decorators stand before `export`: by the start of their statement. */
  readonly decorated: ReadonlyMap<number, number>
  readonly hasDecorators: boolean
}

/** A module that is to be changed. */
export interface EditedModule {
  readonly file: string
  readonly text: string
  readonly summary: ModuleSummary
  /** The new first argument of a `new URL(specifier, import.meta.url)`; `undefined` leaves it as it is. */
  readonly urlOf: (specifier: string) => string | undefined
  /** Whether to write in where the module lies. */
  readonly isPlaceKept: boolean
}

const NONE: SyntaxEdits = { edits: [], decorated: new Map(), hasDecorators: false }
const INTERESTING = /\bnew\s+URL\b|\bimport\s*\.\s*meta\b|@\s*[\w$(]/

/**
 * Edits for what means something else in a bundle: places of files relative to the module, and functions made by
 * `createRequire`, which become the `require` that the bundler understands.
 */
export function syntaxEdits(module: EditedModule): SyntaxEdits {
  const requires = requireNames(module.summary)
  if (requires.size === 0 && !INTERESTING.test(module.text)) return NONE
  const parsed = parseCode(module.file, module.text)
  if ('problem' in parsed) return NONE
  const edits: TextEdit[] = []
  const decorated = new Map<number, number>()
  let hasDecorators = false
  visit(parsed.program, (node) => {
    const edit =
      urlEdit(node, module) ?? requireEdit(node, requires) ?? ownRequireEdit(node, module) ?? placeEdit(node, module)
    if (edit !== undefined) edits.push(edit)
    hasDecorators ||= node.type === 'Decorator'
    const first = decoratedStart(node)
    if (first !== undefined) decorated.set(node.start, first)
  })
  return { edits, decorated, hasDecorators }
}

/** The node with exactly this range that a test accepts. */
export function findNode(program: Node, [start, end]: Span, accepts: (node: Node) => boolean): Node | undefined {
  let found: Node | undefined
  visit(program, (node) => {
    if (node.start === start && node.end === end && accepts(node)) found ??= node
  })
  return found
}

/** Whether a tree has a node that a test accepts. */
export function hasNode(program: Node, accepts: (node: Node) => boolean): boolean {
  let has = false
  visit(program, (node) => {
    has ||= accepts(node)
  })
  return has
}

function requireNames(summary: ModuleSummary): ReadonlySet<string> {
  const units = summary.units.filter(({ initialiser }) => initialiser?.kind === 'require')
  return new Set(units.flatMap(({ names }) => names))
}

function urlEdit(node: Node, { urlOf }: EditedModule): TextEdit | undefined {
  if (node.type !== 'NewExpression' || !isUrl(node.callee) || !isOwnPlace(argumentAt(node.arguments, 1))) {
    return undefined
  }
  const given = argumentAt(node.arguments, 0)
  const specifier = literalText(given)
  const url = specifier === undefined ? undefined : urlOf(specifier)
  const place = node.arguments[1]
  if (given === undefined || place === undefined || url === undefined) return undefined
  return { range: [given.start, place.end], text: `${JSON.stringify(url)},import.meta.url` }
}

function isUrl(callee: Node): boolean {
  const name = unwrapped(callee)
  if (name.type === 'Identifier') return name.name === 'URL'
  return name.type === 'MemberExpression' && keyText(name.property, name.computed) === 'URL'
}

function requireEdit(node: Node, requires: ReadonlySet<string>): TextEdit | undefined {
  if (node.type === 'CallExpression') {
    const callee = unwrapped(node.callee)
    const isRequire = callee.type === 'Identifier' && callee.name !== 'require' && requires.has(callee.name)
    return isRequire ? { range: [callee.start, callee.end], text: 'require' } : undefined
  }
  return undefined
}

/**
 * `createRequire(import.meta.url)` that is used where it is made: called, it is the `require` that the bundler
 * understands; otherwise one of the place that the module has, by a name that no cut-away import can take along.
 */
function ownRequireEdit(node: Node, { summary, file, isPlaceKept }: EditedModule): TextEdit | undefined {
  if (node.type === 'CallExpression' && isOwnRequire(unwrapped(node.callee), summary)) {
    const callee = unwrapped(node.callee)
    return { range: [callee.start, callee.end], text: 'require' }
  }
  if (node.type !== 'MemberExpression' || !isOwnRequire(unwrapped(node.object), summary)) return undefined
  const made = unwrapped(node.object)
  const place = isPlaceKept ? JSON.stringify(pathToFileURL(file).href) : 'import.meta.url'
  return { range: [made.start, made.end], text: `process.getBuiltinModule("node:module").createRequire(${place})` }
}

function isOwnRequire(node: Node, { imports }: ModuleSummary): boolean {
  if (node.type !== 'CallExpression' || !isOwnPlace(argumentAt(node.arguments, 0))) return false
  const callee = unwrapped(node.callee)
  if (callee.type === 'MemberExpression') return keyText(callee.property, callee.computed) === 'createRequire'
  if (callee.type !== 'Identifier' || !Object.hasOwn(imports, callee.name)) return false
  const imported = imports[callee.name]
  return imported?.name === 'createRequire' && /^(?:node:)?module$/.test(imported.from)
}

/** `import.meta.url` and the like; the place in `new URL` stays that of the bundle if its file comes along. */
function placeEdit(node: Node, { file, isPlaceKept }: EditedModule): TextEdit | undefined {
  if (!isPlaceKept || node.type !== 'MemberExpression' || !isImportMeta(node.object)) return undefined
  const place = { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) }
  const key = keyText(node.property, node.computed)
  if (key !== 'url' && key !== 'filename' && key !== 'dirname') return undefined
  return { range: [node.start, node.end], text: JSON.stringify(place[key]) }
}

function decoratedStart(node: Node): number | undefined {
  if (node.type !== 'ExportNamedDeclaration' && node.type !== 'ExportDefaultDeclaration') return undefined
  const { declaration } = node
  if (declaration === null || declaration.type !== 'ClassDeclaration') return undefined
  const first = declaration.decorators[0]?.start
  return first !== undefined && first < node.start ? first : undefined
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const key of visitorKeys[node.type] ?? []) {
    // Sound: these keys hold nodes, lists of nodes, or nothing.
    const below = node[key as keyof Node] as unknown as Node | readonly (Node | null)[] | null | undefined
    if (isList(below)) {
      for (const one of below) if (one !== null) visit(one, see)
    } else if (below !== null && below !== undefined) visit(below, see)
  }
}

function isList(value: Node | readonly (Node | null)[] | null | undefined): value is readonly (Node | null)[] {
  return Array.isArray(value)
}
