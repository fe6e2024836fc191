import { DATA_GLOBALS } from '../lists/flow-methods-data.ts'
import type { Linker } from '../link/linker.ts'
import type { Target, UnitTarget } from '../link/target.ts'
import { referenceKey } from '../summary/facts-builder.ts'
import type { Reference } from '../flow/reference.ts'
import type { CodeFacts, Unit } from '../summary/module-summary.ts'

/** Says what is changed where a piece of code changes something: also what else a value may be, hold or be made from. */
export class ChangedValues {
  readonly #linker: Linker
  readonly #known = new Map<string, readonly Target[]>()

  constructor(linker: Linker) {
    this.#linker = linker
  }

  /** What a change of a reference changes; with `isPart`, of a part of it. */
  of(file: string, reference: Reference, isPart: boolean): readonly Target[] {
    const key = `${isPart ? 1 : 0}${file}\n${referenceKey(reference)}`
    let known = this.#known.get(key)
    if (known === undefined) {
      const search = new Search(this.#linker)
      search.visit(file, reference, isPart)
      known = [...search.found.values()]
      this.#known.set(key, known)
    }
    return known
  }

  /** What the changes of a piece change. */
  ofList(file: string, piece: CodeFacts, list: readonly Reference[] | undefined): readonly Target[] {
    if (list === undefined) return []
    const parts = new Set(piece.partWrites?.map((one) => referenceKey(one)))
    return list.flatMap((one) => this.of(file, one, parts.has(referenceKey(one))))
  }

  /** What a call may call: by its name, or by what its callee may be. */
  called(
    file: string,
    {
      root,
      path,
      callees,
    }: { readonly root: string; readonly path: readonly string[]; readonly callees?: readonly Reference[] },
  ): readonly Target[] {
    if (callees !== undefined) return callees.flatMap((one) => this.of(file, one, true))
    const member = path[0]
    const named = this.#linker.named(file, root)
    const isNamespace = named.some(({ kind }) => kind === 'namespace')
    const targets = isNamespace && member !== undefined ? this.#linker.targets(file, ['member', root, member]) : named
    return targets.flatMap((target) => [target, ...this.#behind(target)])
  }

  /** What a constant may be another name of. */
  #behind(target: Target): readonly Target[] {
    if (target.kind !== 'unit') return []
    const unit = this.#linker.modules.load(target.file).summary.units[target.unit]
    return [...(unit?.values ?? []), ...(unit?.holds ?? [])].flatMap((one) => this.of(target.file, one, true))
  }
}

class Search {
  readonly found: Map<string, Target> = new Map()
  readonly #linker: Linker
  readonly #seen = new Set<string>()

  constructor(linker: Linker) {
    this.#linker = linker
  }

  visit(file: string, reference: Reference, isPart: boolean): void {
    const key = `${isPart ? 1 : 0}${file}\n${referenceKey(reference)}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    const kind = typeof reference === 'string' ? undefined : reference[0]
    const isResult = kind === 'result' || kind === 'given'
    for (const target of this.#linker.targets(file, reference)) {
      if (target.kind !== 'unit') this.#add(target, isResult ? undefined : reference)
      else if (isResult) this.#result(target, kind === 'given')
      else this.#value(target, isPart)
    }
  }

  #value(target: UnitTarget, isPart: boolean): void {
    this.#add(target, undefined)
    const unit = this.#unit(target)
    for (const one of unit?.values ?? []) this.visit(target.file, one, isPart)
    if (isPart) for (const one of unit?.holds ?? []) this.visit(target.file, one, true)
  }

  /**
   * What calling a function, or a method of an object, gives: for an instance, it may be a part of it. `isOfMethod` for
   * a method that no rule of the language says anything of.
   */
  #result(target: UnitTarget, isOfMethod: boolean): void {
    const unit = this.#unit(target)
    if (unit === undefined) return
    for (const one of unit.returns ?? []) this.visit(target.file, one, true)
    for (const one of [...(unit.values ?? []), ...(unit.holds ?? [])]) this.visit(target.file, asResult(one), true)
    if (this.#mayGiveItself(target, unit, isOfMethod)) this.#value(target, true)
  }

  /** An object that other code made, or a variable: its methods may give parts of it. */
  #mayGiveItself({ file }: UnitTarget, { kind, initialiser }: Unit, isOfMethod: boolean): boolean {
    if (kind === 'class' || initialiser?.kind === 'class') return false
    if (isOfMethod) return true
    if (kind === 'function' || kind === 'enum') return false
    if (initialiser === undefined || initialiser.kind === 'value') return true
    const isMade = initialiser.kind === 'call'
    return isMade && !(DATA_GLOBALS.has(initialiser.root) && this.#linker.named(file, initialiser.root).length === 0)
  }

  #unit({ file, unit }: UnitTarget): Unit | undefined {
    return this.#linker.modules.load(file).summary.units[unit]
  }

  #add(target: Target, reference: Reference | undefined): void {
    const place = target.kind === 'unit' ? `${target.file}#${target.unit}` : ''
    const name = reference === undefined ? '' : referenceKey(reference)
    this.found.set(`${target.kind} ${place} ${'name' in target ? target.name : ''} ${name}`, target)
  }
}

function asResult(reference: Reference): Reference {
  if (typeof reference === 'string') return ['result', reference, '*']
  return reference[0] === 'member' ? ['result', reference[1], reference[2]] : reference
}
