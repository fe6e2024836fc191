import type { Span, Unit } from '../summary/module-summary.ts'
import { layOut, replaced, type KeptPiece } from './lay-out.ts'
import type { ModulePlan } from './module-plan.ts'
import { movedMap, type MovedMap, type MovedPiece } from './moved-map.ts'
import type { RootPiece } from './root-pieces.ts'
import { editedText, type TextEdit } from './text-edit.ts'
import type { SyntaxEdits } from './syntax-edits.ts'

/** A module and what is to be left of it. */
export interface ModuleCut {
  readonly plan: ModulePlan
  readonly text: string
  readonly syntax: SyntaxEdits
  /** Names of the scopes around the pieces of the step, whose values {@link ModuleNames.captured} has. */
  readonly captured: readonly string[]
  /** Statements that link the module with others. */
  readonly links: string
  /** `src/scale.ts`, for messages. */
  readonly label: string
}

/** Where the values of the pieces of a step are found in the cut module. */
export interface PlacedPiece {
  readonly piece: RootPiece
  /** An array. */
  readonly variable: string
  readonly index: number
}

/** A module that was cut down. */
export interface CutModule {
  readonly code: string
  readonly placed: readonly PlacedPiece[]
  /** Where it is not line by line what it was. */
  readonly map?: MovedMap | undefined
}

/** Modules that cut modules import from. */
export const INERT_MODULE = '\0cairn:inert'
export const CAPTURED_MODULE = '\0cairn:captured'

const PRAGMA = /\/\*+\s*@jsx[\s\S]*?\*\//g

/**
 * Cuts a module down to what a step reaches. What stays keeps its line, and its column as long as there is room around
 * it. Definitions of other steps and of pipelines become values that refuse to be used.
 */
export function cutModule(cut: ModuleCut): CutModule {
  return new Cutter(cut).result()
}

class Cutter {
  readonly #cut: ModuleCut
  readonly #plan: ModulePlan
  readonly #prefix: string
  readonly #edits: readonly TextEdit[]
  readonly #placed: PlacedPiece[] = []
  /** Places are relative to the start of the copies. */
  readonly #moved: MovedPiece[] = []
  #copies = ''

  constructor(cut: ModuleCut) {
    this.#cut = cut
    this.#plan = cut.plan
    this.#prefix = freePrefix(cut.text)
    this.#edits = [...cut.syntax.edits, ...this.#definitionEdits()]
  }

  result(): CutModule {
    const { text, links, label } = this.#cut
    const code = layOut(text, [0, text.length], this.#pieces())
    const prefix = this.#prefix
    const usesInert = code.includes(`${prefix}cut(`) || this.#copies.includes(`${prefix}cut(`)
    const inert = usesInert
      ? `import {inert as ${prefix}inert} from ${JSON.stringify(INERT_MODULE)};` +
        `function ${prefix}cut(at,name){return ${prefix}inert(${JSON.stringify(`${label}:`)}+at,name)}`
      : ''
    const usesCaptured = this.#plan.roots.length > 0 && this.#cut.captured.length > 0
    const captured = usesCaptured
      ? `import {captured as ${prefix}captured} from ${JSON.stringify(CAPTURED_MODULE)};`
      : ''
    const variables = [...new Set(this.#placed.map(({ variable }) => variable))]
    const exports = variables.length === 0 ? '' : `export {${variables.join()}};`
    const head = `${code}\n;${links}${inert}${captured}${exports}`
    const moved = this.#moved.map(({ at, range }) => ({ at: at + head.length, range }))
    const whole = head + this.#copies
    const map = moved.length === 0 ? undefined : movedMap({ file: this.#plan.file, code: whole, text, moved })
    return { code: whole, placed: this.#placed, map }
  }

  #pieces(): readonly KeptPiece[] {
    const { summary } = this.#plan
    const statements = new Map<number, number[]>()
    summary.units.forEach(({ statement }, index) => {
      const known = statements.get(statement[0])
      if (known === undefined) statements.set(statement[0], [index])
      else known.push(index)
    })
    const pieces = [...statements.values()].flatMap((units) => this.#statement(units))
    return [...this.#pragmas(summary.units[0]?.statement[0] ?? 0), ...pieces]
  }

  /** Comments before the first statement that say how JSX is to be read. */
  #pragmas(end: number): readonly KeptPiece[] {
    const head = this.#cut.text.slice(0, end)
    return Array.from(head.matchAll(PRAGMA), ({ index, 0: text }) => ({ range: [index, index + text.length], text }))
  }

  #statement(units: readonly number[]): readonly KeptPiece[] {
    const { summary, kept, roots, stubs } = this.#plan
    const first = summary.units[units[0] ?? -1]
    if (first === undefined) return []
    const ownRoots = roots.filter(({ unit }) => units.includes(unit))
    if (units.some((unit) => kept.units.has(unit))) return [this.#keptStatement(first, units, ownRoots)]
    const names = units.filter((unit) => stubs.has(unit)).flatMap((unit) => summary.units[unit] ?? [])
    const [start] = first.statement
    const stubPieces = names.map((unit) => ({ range: [start, start] as const, text: '', after: this.#stub(unit) }))
    return [...stubPieces, ...this.#rootPieces(ownRoots, ['var '])]
  }

  /** A statement that stays because of at least one of its units. */
  #keptStatement(first: Unit, units: readonly number[], roots: readonly RootPiece[]): KeptPiece {
    const { text, syntax } = this.#cut
    const { summary, kept } = this.#plan
    const range: Span = [syntax.decorated.get(first.statement[0]) ?? first.statement[0], first.statement[1]]
    const declarators = units
      .filter((unit) => !kept.units.has(unit))
      .flatMap((index) => {
        const unit = summary.units[index]
        return unit === undefined ? [] : [this.#cutDeclarator(unit, index, roots)]
      })
    for (const root of roots) if (kept.units.has(root.unit)) this.#copy(root)
    const edited = editedText(text, range, [...declarators, ...this.#edits])
    return { range, text: edited, after: edited.endsWith(';') ? [] : [';'] }
  }

  #cutDeclarator(unit: Unit, index: number, roots: readonly RootPiece[]): TextEdit {
    const { text } = this.#cut
    const isStub = this.#plan.stubs.has(index)
    const values = unit.names.map((name) => (isStub ? `${name}=${this.#inert(unit, name)}` : `${name}=0`))
    const own = roots.filter((root) => root.unit === index)
    if (values.length === 0 && own.length === 0) values.push(`${this.#prefix}cut${index}=0`)
    const tokens = values.flatMap((value, position) => (position === 0 ? [value] : [',', value]))
    const [start, end] = unit.range
    const head = { range: [start, start] as const, text: '', after: tokens }
    const lead = tokens.length > 0 ? [','] : []
    return { range: unit.range, text: layOut(text, [start, end], [head, ...this.#rootPieces(own, lead)]) }
  }

  /** Pieces of the step where they are, as members of an array. */
  #rootPieces(roots: readonly RootPiece[], lead: readonly string[]): readonly KeptPiece[] {
    const [first] = roots
    if (first === undefined) return []
    const variable = this.#variable(roots)
    const [open, close] = this.#brackets()
    const isStatement = lead[0] === 'var '
    return roots.map((root, index) => ({
      range: root.range,
      text: editedText(this.#cut.text, root.range, this.#edits),
      before: index === 0 ? [...lead, variable, ...open] : ['),('],
      ...(index === roots.length - 1 && { after: isStatement ? [...close, ';'] : close }),
    }))
  }

  /** A piece in a unit that stays: the unit keeps its own shape, and the piece is written once more behind it. */
  #copy(root: RootPiece): void {
    const variable = this.#variable([root])
    const [open, close] = this.#brackets()
    const text = editedText(this.#cut.text, root.range, this.#edits)
    this.#copies += `var ${variable}${open.join('')}`
    this.#moved.push({ at: this.#copies.length, range: root.range })
    this.#copies += `${text}${close.join('')};`
  }

  #variable(roots: readonly RootPiece[]): string {
    const variable = `${this.#prefix}step${this.#placed.length}`
    roots.forEach((piece, index) => this.#placed.push({ piece, variable, index }))
    return variable
  }

  #brackets(): readonly [open: readonly string[], close: readonly string[]] {
    const { captured } = this.#cut
    if (captured.length === 0) return [['=[('], [')]']]
    return [[`=(({${captured.join()}})=>[(`], [')])', `(${this.#prefix}captured)`]]
  }

  #stub(unit: Unit): readonly string[] {
    const names = unit.names.filter((name) => name !== '*default*')
    if (names.length < unit.names.length) return [`export default ${this.#inert(unit, 'default')};`]
    return names.map((name) => `var ${name}=${this.#inert(unit, name)};`)
  }

  #inert({ line }: Unit, name: string): string {
    return `${this.#prefix}cut(${line},${JSON.stringify(name)})`
  }

  /** Definitions that nobody may use become inert values. */
  #definitionEdits(): readonly TextEdit[] {
    const { summary, kept } = this.#plan
    return summary.definitions.flatMap(({ chain, line, name }, index): readonly TextEdit[] => {
      if (kept.definitions.has(index)) return []
      const call =
        name === undefined ? `${this.#prefix}cut(${line})` : `${this.#prefix}cut(${line},${JSON.stringify(name)})`
      return [{ range: chain, text: replaced(this.#cut.text.slice(...chain), call) }]
    })
  }
}

/** A prefix for new names that no name of the text has. */
function freePrefix(text: string): string {
  let prefix = '$'
  while (text.includes(`${prefix}cut`) || text.includes(`${prefix}step`) || text.includes(`${prefix}inert`))
    prefix += '$'
  return prefix
}
