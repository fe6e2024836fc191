import type { UnitTarget } from '../link/target.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import type { Unit } from '../summary/module-summary.ts'

/** A unit by its place. */
type UnitPlace = readonly [file: string, unit: number]

/**
 * Finds statements that put functions into something when their modules load: `on('row', () => { count += 1 })`. Whoever
 * uses that thing while steps run may call them.
 */
export class RegisteredFunctions {
  readonly #graph: CodeGraph
  readonly #known = new WeakMap<readonly string[], ReadonlyMap<string, readonly UnitPlace[]>>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
  }

  /** By `file#unit` of what they are put into. */
  of(order: readonly string[]): ReadonlyMap<string, readonly UnitPlace[]> {
    let known = this.#known.get(order)
    if (known === undefined) {
      known = this.#find(order)
      this.#known.set(order, known)
    }
    return known
  }

  #find(order: readonly string[]): ReadonlyMap<string, readonly UnitPlace[]> {
    const found = new Map<string, UnitPlace[]>()
    for (const file of order) {
      this.#graph.linker.modules.load(file).summary.units.forEach((unit, index) => {
        if (!mayRegister(unit)) return
        for (const key of this.#takers(file, unit)) {
          const places = found.get(key) ?? []
          found.set(key, places)
          places.push([file, index])
        }
      })
    }
    return found
  }

  /** What a statement calls methods of, changes, or gives to the functions that it calls; and what these change. */
  #takers(file: string, unit: Unit): ReadonlySet<string> {
    const { changed } = this.#graph
    const keys = new Set<string>()
    const add = (target: UnitTarget | { readonly kind: string }): void => {
      if ('unit' in target && !this.#graph.values.isValue(target.file, target.unit)) {
        keys.add(`${target.file}#${target.unit}`)
      }
    }
    if (unit.changesAtLoad === true) changed.ofList(file, unit, unit.memberWrites).forEach(add)
    for (const call of unit.calls ?? []) {
      if (call.inFunction) continue
      for (const one of call.passes ?? []) changed.of(file, one, true).forEach(add)
      for (const target of changed.called(file, call)) {
        add(target)
        if (target.kind !== 'unit') continue
        const called = this.#graph.unit(target.file, target.unit)
        changed.ofList(target.file, called, called.memberWrites).forEach(add)
      }
    }
    return keys
  }
}

/** It runs at load, and functions in it change something or call others. */
function mayRegister({ kind, initialiser, unguarded, changesThis, calls = [] }: Unit): boolean {
  if (kind === 'function' || kind === 'class' || initialiser?.kind === 'function') return false
  return unguarded !== undefined || changesThis === true || calls.some(({ inFunction }) => inFunction)
}
