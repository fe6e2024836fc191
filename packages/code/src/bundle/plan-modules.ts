import type { CodeFacts, ImportedName } from '../summary/module-summary.ts'
import type { BundleSource, SourceTarget } from './bundle-source.ts'
import type { KeptCode } from './kept-code.ts'
import { emptyPlan, usedReferences, type ModulePlan } from './module-plan.ts'
import type { RootPiece } from './root-pieces.ts'

const WHOLE = '*'

/** Finds out which imports and exports of each module the kept code needs, through barrels and namespaces. */
export class ModulePlans {
  readonly #source: BundleSource
  readonly #kept: KeptCode
  readonly #plans = new Map<string, ModulePlan>()
  readonly #demanded = new Set<string>()

  constructor(
    source: BundleSource,
    kept: KeptCode,
    root: { readonly file: string; readonly pieces: readonly RootPiece[] },
  ) {
    this.#source = source
    this.#kept = kept
    this.#plans.set(
      root.file,
      emptyPlan(root.file, source.summaryOf(root.file), { kept: kept.modules.get(root.file), roots: root.pieces }),
    )
    for (const { facts } of root.pieces) keepDefinitions(this.of(root.file), facts)
    for (const file of kept.modules.keys()) this.of(file)
    for (const plan of this.#plans.values()) this.#useReferences(plan)
  }

  of(file: string): ModulePlan {
    let plan = this.#plans.get(file)
    if (plan === undefined) {
      plan = emptyPlan(file, this.#source.summaryOf(file), { kept: this.#kept.modules.get(file) })
      this.#plans.set(file, plan)
    }
    return plan
  }

  get files(): Iterable<string> {
    return this.#plans.keys()
  }

  #useReferences(plan: ModulePlan): void {
    for (const reference of usedReferences(plan)) {
      if (typeof reference === 'string') this.#useName(plan, reference, WHOLE)
      else if (reference[0] === 'member') this.#useName(plan, reference[1], reference[2])
      else if (reference[0] === 'import') this.#demandFrom(plan, { from: reference[1], name: reference[2] }, 'import')
      else if (reference[0] === 'jsx') this.#useElements(plan)
      else if (reference[0] === 'require') this.#demandFrom(plan, { from: reference[1], name: WHOLE }, 'require')
    }
  }

  #useElements(plan: ModulePlan): void {
    for (const name of this.#source.elementNames(plan.file)) this.#useName(plan, name, WHOLE)
  }

  /** @param member which one of a namespace is meant */
  #useName(plan: ModulePlan, name: string, member: string): void {
    const { summary, kept } = plan
    const imported = Object.hasOwn(summary.imports, name) ? summary.imports[name] : undefined
    if (imported !== undefined) {
      plan.imports.add(name)
      this.#demandFrom(plan, imported.name === WHOLE ? { ...imported, name: member } : imported, 'import')
      return
    }
    const units = summary.units.flatMap((unit, index) => (unit.names.includes(name) ? [index] : []))
    const [first] = units
    if (first === undefined || units.some((index) => kept.units.has(index))) return
    // The bundler understands calls of `require` by themselves.
    if (summary.units[first]?.initialiser?.kind !== 'require') plan.stubs.add(first)
  }

  #demandFrom(plan: ModulePlan, { from, name }: ImportedName, kind: 'import' | 'require'): void {
    const target = this.#source.resolve(plan.file, from, kind)
    if (target.kind === 'file') this.#demand(target.file, name)
  }

  #demand(file: string, name: string): void {
    const key = `${name}\n${file}`
    if (this.#demanded.has(key)) return
    this.#demanded.add(key)
    const plan = this.of(file)
    const { summary } = plan
    if (summary.kind !== 'module') {
      plan.kept.isWhole = true
      return
    }
    if (name === WHOLE) this.#demandAll(plan)
    else if (Object.hasOwn(summary.exports, name)) this.#demandExport(plan, name)
    else this.#demandStarred(plan, name)
  }

  #demandAll(plan: ModulePlan): void {
    for (const name of Object.keys(plan.summary.exports)) this.#demand(plan.file, name)
    for (const star of plan.summary.stars) {
      addStarred(plan, star, WHOLE)
      this.#demandFrom(plan, { from: star, name: WHOLE }, 'import')
    }
  }

  #demandExport(plan: ModulePlan, name: string): void {
    plan.exports.add(name)
    const exported = plan.summary.exports[name]
    if (exported === undefined) return
    if ('local' in exported) this.#useName(plan, exported.local, WHOLE)
    else this.#demandFrom(plan, exported, 'import')
  }

  #demandStarred(plan: ModulePlan, name: string): void {
    const targets = plan.summary.stars.map((star) => ({
      star,
      target: this.#source.resolve(plan.file, star, 'import'),
    }))
    const found = targets.find(({ target }) => this.#provides(target, name, new Set()))
    if (found !== undefined) {
      addStarred(plan, found.star, name)
      this.#demandFrom(plan, { from: found.star, name }, 'import')
      return
    }
    for (const { star, target } of targets) if (target.kind !== 'file') addStarred(plan, star, WHOLE)
    for (const { star, target } of targets) {
      // A file that cannot be looked into, or one that itself has it from a package.
      if (target.kind !== 'file' || !this.#mayProvide(target.file, new Set())) continue
      addStarred(plan, star, WHOLE)
      this.#demand(target.file, name)
    }
  }

  #provides(target: SourceTarget, name: string, seen: Set<string>): boolean {
    if (target.kind !== 'file' || seen.has(target.file)) return false
    seen.add(target.file)
    const summary = this.#source.summaryOf(target.file)
    if (Object.hasOwn(summary.exports, name)) return true
    return summary.stars.some((star) => this.#provides(this.#source.resolve(target.file, star, 'import'), name, seen))
  }

  #mayProvide(file: string, seen: Set<string>): boolean {
    if (seen.has(file)) return false
    seen.add(file)
    const summary = this.#source.summaryOf(file)
    if (summary.kind !== 'module') return true
    return summary.stars.some((star) => {
      const target = this.#source.resolve(file, star, 'import')
      return target.kind === 'file' ? this.#mayProvide(target.file, seen) : true
    })
  }
}

/** A step that is made inside of the function of a step is a part of it. */
function keepDefinitions(plan: ModulePlan, { definitions = [] }: CodeFacts): void {
  for (const index of definitions) {
    const definition = plan.summary.definitions[index]
    if (definition === undefined || plan.kept.definitions.has(index)) continue
    plan.kept.definitions.add(index)
    const { declaration, ports, implementation } = definition
    for (const facts of [declaration, ...ports]) keepDefinitions(plan, facts)
    if (implementation !== undefined) keepDefinitions(plan, implementation)
  }
}

function addStarred(plan: ModulePlan, specifier: string, name: string): void {
  const names = plan.starred.get(specifier)
  if (names === undefined) plan.starred.set(specifier, new Set([name]))
  else names.add(name)
}
