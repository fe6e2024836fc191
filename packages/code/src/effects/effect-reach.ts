import { HARMLESS_BUILTINS } from '../lists/harmless-builtins-data.ts'
import { PURE_PACKAGES } from '../lists/pure-packages-data.ts'
import type { Target } from '../link/target.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import { definitionPieces } from '../reach/node-tokens.ts'
import type { Reference } from '../flow/reference.ts'
import type { Call, CodeFacts, Finding } from '../summary/module-summary.ts'
import { changesKept } from './call-effects.ts'
import type { LoadEffects } from './load-effects.ts'

const CODE_FROM_TEXT = /^it (?:calls eval|(?:makes|may make) a function from text)/

/** What running a top-level unit can reach; steps and pipelines that it mentions end the reach. */
export interface EffectReach {
  /** `file#unit` of each unit. */
  readonly units: ReadonlySet<string>
  /** Those whose bindings or members it changes. */
  readonly mutated: ReadonlySet<string>
  /** Globals and builtins that it changes. */
  readonly globals: readonly string[]
  /** Folders of packages. */
  readonly packages: ReadonlySet<string>
  /** Modules of Node whose functions are called and may change something. */
  readonly builtins: readonly string[]
  /** Files that it imports or requires while it runs. */
  readonly imported: ReadonlySet<string>
  /** Computed imports and code from text: what they do is not known. */
  readonly unknownCode: readonly { readonly file: string; readonly finding: Finding }[]
  /** Whether it may run a pipeline. */
  readonly runsPipeline: boolean
}

/** Finds what effects can reach, each once. */
export class EffectReaches {
  readonly #graph: CodeGraph
  readonly #effects: LoadEffects
  readonly #known = new Map<string, EffectReach>()

  constructor(graph: CodeGraph, effects: LoadEffects) {
    this.#graph = graph
    this.#effects = effects
  }

  of(file: string, unit: number): EffectReach {
    const key = `${file}#${unit}`
    let known = this.#known.get(key)
    if (known === undefined) {
      known = new ReachWalk(this.#graph, this.#effects).from(file, unit)
      this.#known.set(key, known)
    }
    return known
  }
}

class ReachWalk implements EffectReach {
  readonly units: Set<string> = new Set()
  readonly mutated: Set<string> = new Set()
  readonly globals: string[] = []
  readonly packages: Set<string> = new Set()
  readonly builtins: string[] = []
  readonly imported: Set<string> = new Set()
  readonly unknownCode: { readonly file: string; readonly finding: Finding }[] = []
  runsPipeline = false
  readonly #graph: CodeGraph
  readonly #effects: LoadEffects
  readonly #queue: (readonly [file: string, unit: number])[] = []
  readonly #passed: Target[] = []
  #changesArguments = false

  constructor(graph: CodeGraph, effects: LoadEffects) {
    this.#graph = graph
    this.#effects = effects
  }

  from(file: string, unit: number): this {
    this.#visit(file, unit)
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      const isValue = this.#graph.values.isValue(next[0], next[1])
      if (!isValue && !this.units.has(`${next[0]}#${next[1]}`)) this.#visit(next[0], next[1])
    }
    if (this.#changesArguments) for (const target of this.#passed) this.#mutate(target)
    return this
  }

  #visit(file: string, index: number): void {
    this.units.add(`${file}#${index}`)
    const unit = this.#graph.unit(file, index)
    if (changesKept(unit)) this.#changesArguments = true
    this.#piece(file, unit)
    const { definitions } = this.#graph.linker.modules.load(file).summary
    for (const definition of definitions) {
      if (definition.unit !== index) continue
      const isCairn = this.#graph.values.isDefinition(file, definition)
      const isOwn = this.units.size === 1
      // A declaration is made at load: what an effect in it reaches counts.
      if (!isCairn || isOwn) {
        for (const piece of definitionPieces(definition)) {
          if (!isCairn || piece !== definition.implementation) this.#piece(file, piece)
        }
      }
    }
  }

  #piece(file: string, piece: CodeFacts): void {
    if (piece.changesArgument === true || piece.changesThis === true) this.#changesArguments = true
    for (const finding of piece.refusals ?? []) {
      if (piece.hasComputedImport === true || CODE_FROM_TEXT.test(finding.what))
        this.unknownCode.push({ file, finding })
    }
    const changed = [...(piece.writes ?? []), ...(piece.memberWrites ?? [])]
    for (const one of changed) {
      if (this.#effects.isHarmful(file, one))
        this.#graph.changed.of(file, one, true).forEach((target) => this.#mutate(target))
    }
    for (const { value } of piece.stores ?? [])
      this.#graph.changed.of(file, value, true).forEach((one) => this.#keep(one))
    for (const call of piece.calls ?? []) {
      const passed = (call.passes ?? []).flatMap((one) => this.#graph.changed.of(file, one, true))
      this.#passed.push(...passed)
      this.#callForeign(file, call, passed)
      if (call.changesResult === true) passed.forEach((one) => this.#mutate(one))
      if (this.#isRun(file, call)) this.runsPipeline = true
    }
    for (const reference of piece.references) {
      this.#import(file, reference)
      for (const target of this.#graph.linker.targets(file, reference)) this.#follow(target)
    }
  }

  #import(file: string, reference: Reference): void {
    const [kind, specifier = ''] = typeof reference === 'string' ? [] : reference
    if (kind !== 'import' && kind !== 'require') return
    const resolved = this.#graph.linker.resolver.resolve(file, specifier, kind === 'require')
    if (resolved.kind === 'file') this.imported.add(resolved.file)
  }

  /** A package may change what it is given; a module of Node only itself. */
  #callForeign(file: string, { root }: Call, passed: readonly Target[]): void {
    for (const target of this.#graph.linker.named(file, root)) {
      if (target.kind === 'package' && !PURE_PACKAGES.has(target.manifest.name))
        passed.forEach((one) => this.#mutate(one))
      if (target.kind === 'builtin' && !HARMLESS_BUILTINS.has(target.builtin)) this.builtins.push(target.builtin)
    }
  }

  /** `run(p)` of Cairn, or a method of a pipeline. */
  #isRun(file: string, { root, path }: Call): boolean {
    const named = this.#graph.linker.named(file, root)
    if (path.at(-1) === 'run')
      return named.length === 0 || path.length > 1 || !named.every((target) => this.#hasOwnMethods(target))
    if (path.length > 0 && path.at(-1) !== '*') return false
    return named.some((target) => {
      if (target.kind === 'cairn') return target.name === 'run'
      return path.length > 0 && target.kind === 'unit' && this.#graph.values.isValue(target.file, target.unit)
    })
  }

  /** A class, an instance of one or an object: what its methods do is in their text. */
  #hasOwnMethods(target: Target): boolean {
    if (target.kind !== 'unit') return false
    const { kind, initialiser } = this.#graph.unit(target.file, target.unit)
    if (kind === 'class' || initialiser?.kind === 'class' || initialiser?.kind === 'container') return true
    if (initialiser?.kind !== 'call' || initialiser.path.length > 0) return false
    const made = this.#graph.linker.named(target.file, initialiser.root)
    return (
      made.length > 0 &&
      made.every((one) => one.kind === 'unit' && this.#graph.unit(one.file, one.unit).kind === 'class')
    )
  }

  #follow(target: Target): void {
    if (target.kind === 'unit') this.#queue.push([target.file, target.unit])
    if (target.kind === 'package') this.packages.add(target.manifest.dir)
    if (target.kind === 'file') {
      this.#graph.linker.modules
        .load(target.file)
        .summary.units.forEach((_, index) => this.#queue.push([target.file, index]))
    }
  }

  /** A function or class that is put into something may be changed by whoever gets it from there. */
  #keep(target: Target): void {
    if (target.kind !== 'unit') return
    const { kind, initialiser } = this.#graph.unit(target.file, target.unit)
    const isCode =
      kind === 'function' || kind === 'class' || initialiser?.kind === 'function' || initialiser?.kind === 'class'
    if (isCode) this.#mutate(target)
  }

  #mutate(target: Target): void {
    switch (target.kind) {
      case 'global':
        this.globals.push(target.name)
        break
      case 'builtin':
        this.globals.push(`node:${target.builtin}`)
        break
      case 'package':
        this.packages.add(target.manifest.dir)
        break
      case 'unit':
        this.mutated.add(`${target.file}#${target.unit}`)
        break
      default:
    }
  }
}
