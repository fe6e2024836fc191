import type { ClosureRefusal } from '../closure/step-closure.ts'
import type { ClosureWalk } from '../reach/closure-walk.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import { isStateful } from '../state/stateful.ts'
import { EffectReaches, type EffectReach } from './effect-reach.ts'
import { LoadEffects, type LoadEffect } from './load-effects.ts'
import { ModuleGraph } from './module-graph.ts'

/** The effects of a closure. */
export interface ClosureEffects {
  /** Numbers of nodes, in evaluation order. */
  readonly effects: readonly number[]
  /** Numbers of all nodes that are computed at load, in evaluation order, where there are effects. */
  readonly computed: readonly number[]
  /** Files whose effects were looked at, in evaluation order. */
  readonly order: readonly string[]
  readonly refusals: readonly ClosureRefusal[]
}

interface LoadedFiles {
  readonly order: readonly string[]
  readonly has: (file: string) => boolean
}

/** Finds the statements at the top level of modules that can change what a closure does. */
export class EffectFinder {
  readonly #graph: CodeGraph
  readonly #effects: LoadEffects
  readonly #reaches: EffectReaches
  readonly #modules: ModuleGraph
  readonly #loadedFiles = new Map<string, LoadedFiles>()
  readonly #orders = new Map<string, readonly string[]>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
    this.#effects = new LoadEffects(graph)
    this.#reaches = new EffectReaches(graph, this.#effects)
    this.#modules = new ModuleGraph(graph.linker)
  }

  /** The modules that an entry loads, in order of evaluation. */
  order(entry: string): readonly string[] {
    return this.#modules.from(entry).order
  }

  /** Adds to a closure all effects that touch it, until there are no more. */
  addTo(walk: ClosureWalk, entries: readonly string[]): ClosureEffects {
    const order = this.#loaded(walk, entries)
    const found = new Set<string>()
    const refusals = order.flatMap((file) => this.#brokenCode(file))
    let isDone = false
    while (!isDone) {
      isDone = true
      for (const file of order) {
        for (const effect of this.#effects.of(file)) {
          const key = `${file}#${effect.unit}`
          if (found.has(key)) continue
          refusals.push(...this.#unknownCode(walk, file, effect))
          if (!this.#touches(walk, file, effect) && !this.#loads(file, effect, found)) continue
          found.add(key)
          if (walk.numberOf(key) === undefined) {
            walk.add({ kind: 'unit', file, unit: effect.unit, name: '' }, 'effect')
            isDone = false
          }
        }
      }
    }
    const keys = order.flatMap((file) => this.#effects.of(file).map(({ unit }) => `${file}#${unit}`))
    const inOrder = keys.filter((key) => found.has(key))
    return {
      effects: inOrder.flatMap((key) => walk.numberOf(key) ?? []),
      computed: found.size === 0 ? [] : order.flatMap((file) => this.#computed(walk, file)),
      order,
      refusals: [...refusals, ...this.#changesAfterRun(walk, order, inOrder)],
    }
  }

  /** Units of a closure whose value is computed when the module loads, so that it matters what ran before. */
  #computed(walk: ClosureWalk, file: string): readonly number[] {
    return this.#graph.linker.modules.load(file).summary.units.flatMap((unit, index) => {
      const { kind } = unit.initialiser ?? {}
      const isFixed = unit.kind === 'function' || kind === 'function' || kind === 'literal' || kind === 'require'
      const number = isFixed ? undefined : walk.numberOf(`${file}#${index}`)
      return number === undefined ? [] : [number]
    })
  }

  /** What the entries load, and what files of the closure load that no entry does: by dynamic imports. */
  #loaded(walk: ClosureWalk, entries: readonly string[]): readonly string[] {
    for (const use of entries.flatMap((entry) => this.#modules.from(entry).packages)) walk.addPackage(use)
    const ofEntries = this.#loadedBy(entries)
    if (walk.nodes.every(({ file }) => ofEntries.has(file))) return ofEntries.order
    const order = new Set(ofEntries.order)
    for (const node of walk.nodes) {
      if (order.has(node.file)) continue
      const loaded = this.#modules.from(node.file)
      for (const file of loaded.order) order.add(file)
      for (const use of loaded.packages) walk.addPackage(use)
    }
    return this.#sameOrder([...order])
  }

  /** Equal orders are one list, so that what follows from it is found once. */
  #sameOrder(order: readonly string[]): readonly string[] {
    const key = order.join('\n')
    const known = this.#orders.get(key)
    if (known !== undefined) return known
    this.#orders.set(key, order)
    return order
  }

  #loadedBy(entries: readonly string[]): LoadedFiles {
    const key = entries.join('\n')
    let known = this.#loadedFiles.get(key)
    if (known === undefined) {
      const files = new Set(entries.flatMap((entry) => this.#modules.from(entry).order))
      known = { order: [...files], has: (file) => files.has(file) }
      this.#loadedFiles.set(key, known)
    }
    return known
  }

  #touches(walk: ClosureWalk, file: string, { unit, why }: LoadEffect): boolean {
    if (walk.numberOf(`${file}#${unit}`) !== undefined) return true
    const reach = this.#reaches.of(file, unit)
    if (reach.globals.length > 0) return true
    const isStatement = this.#graph.unit(file, unit).kind === 'effect'
    if (isStatement && why.startsWith('calls process')) return true
    if (reach.builtins.some((name) => name === 'module' || walk.hasBuiltin(name))) return true
    for (const key of reach.units) {
      if (walk.numberOf(key) !== undefined && (reach.mutated.has(key) || this.#isStateful(key))) return true
    }
    for (const key of reach.mutated) if (walk.numberOf(key) !== undefined) return true
    return [...reach.packages].some((dir) => walk.hasPackage(dir))
  }

  /** Whether it imports, while it runs, a module with an effect that counts: when that happens matters. */
  #loads(file: string, { unit }: LoadEffect, found: ReadonlySet<string>): boolean {
    const { imported } = this.#reaches.of(file, unit)
    if (imported.size === 0) return false
    const loaded = new Set(Array.from(imported).flatMap((one) => this.#modules.from(one).order))
    return Array.from(found).some((key) => loaded.has(placeOf(key).file))
  }

  /** A computed import or `eval` at load may change any state that the closure has. */
  #unknownCode(walk: ClosureWalk, file: string, { unit }: LoadEffect): readonly ClosureRefusal[] {
    const { unknownCode } = this.#reaches.of(file, unit)
    if (unknownCode.length === 0) return []
    const isExposed = [...walk.unitKeys].some((key) => this.#isChangeable(key))
    if (!isExposed) return []
    return unknownCode.map(({ file: at, finding }) => ({
      reason: `${finding.what}, which may change what the step reads`,
      at: this.#graph.paths.at(at, finding.line),
    }))
  }

  /** What a module does that cannot be parsed is anything: it may patch a global. */
  #brokenCode(file: string): readonly ClosureRefusal[] {
    const { problem } = this.#graph.linker.modules.load(file).summary
    if (problem === undefined) return []
    return [
      { reason: `${problem.what}, which may change what the step reads`, at: this.#graph.paths.at(file, problem.line) },
    ]
  }

  /** State that changes after a pipeline ran differs between two runs of one process, and no text says so. */
  #changesAfterRun(walk: ClosureWalk, order: readonly string[], effects: readonly string[]): readonly ClosureRefusal[] {
    const changing = effects.filter((key) => this.#mutates(walk, this.#reachOf(key)))
    if (changing.length === 0) return []
    const units = order.flatMap((file) =>
      this.#graph.linker.modules.load(file).summary.units.flatMap((unit, index) => {
        const mayRun = unit.kind === 'effect' || unit.initialiser?.kind === 'call'
        return mayRun ? [`${file}#${index}`] : []
      }),
    )
    const firstRun = units.findIndex((key) => this.#reachOf(key).runsPipeline)
    if (firstRun === -1) return []
    return changing.flatMap((key) => {
      const position = units.indexOf(key)
      if (position !== -1 && position < firstRun) return []
      const { file, unit } = placeOf(key)
      const { line } = this.#graph.unit(file, unit)
      const isRun = this.#reachOf(key).runsPipeline || (position !== -1 && position > firstRun)
      if (!isRun) return []
      return [
        { reason: 'what it reads is changed where or after a pipeline runs', at: this.#graph.paths.at(file, line) },
      ]
    })
  }

  #mutates(walk: ClosureWalk, reach: EffectReach): boolean {
    return reach.globals.length > 0 || [...reach.mutated].some((key) => walk.numberOf(key) !== undefined)
  }

  #reachOf(key: string): EffectReach {
    const { file, unit } = placeOf(key)
    return this.#reaches.of(file, unit)
  }

  #isStateful(key: string): boolean {
    const { file, unit } = placeOf(key)
    return isStateful(this.#graph, file, unit)
  }

  /** Stateful, and exported or changed by some other unit of its file. */
  #isChangeable(key: string): boolean {
    const { file, unit } = placeOf(key)
    if (!isStateful(this.#graph, file, unit)) return false
    const { units, exports } = this.#graph.linker.modules.load(file).summary
    const names = new Set(units[unit]?.names)
    if (Object.values(exports).some((one) => 'local' in one && names.has(one.local))) return true
    return units.some((other, index) => {
      const changed = [...(other.writes ?? []), ...(other.memberWrites ?? [])]
      return index !== unit && changed.some((one) => typeof one === 'string' && names.has(one))
    })
  }
}

/** The file and unit of a key `file#unit`. */
export function placeOf(key: string): { readonly file: string; readonly unit: number } {
  const at = key.lastIndexOf('#')
  return { file: key.slice(0, at), unit: Number(key.slice(at + 1)) }
}
