import type { Target } from '../link/target.ts'
import { HARMLESS_PROCESS_MEMBERS } from '../lists/harmless-globals-data.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import { definitionPieces } from '../reach/node-tokens.ts'
import type { Call, CodeFacts, Definition, Reference } from '../summary/module-summary.ts'
import { isStateful } from './stateful.ts'

/** Who changes a piece of state while steps run. */
export interface StateChange {
  /** `next, which step b calls`, `step b`. */
  readonly by: string
  /** `file:line` */
  readonly at: string
}

/** All state that is changed while steps run. */
export interface ChangedState {
  /** By `file#unit`. */
  readonly units: ReadonlyMap<string, StateChange>
  /** By name of the global. */
  readonly globals: ReadonlyMap<string, StateChange>
  /** By name of the environment variable; `*` for any. */
  readonly environment: ReadonlyMap<string, StateChange>
}

/** Finds what the steps and pipelines of some modules change when they run, not as a memo. */
export class StateChanges {
  readonly #graph: CodeGraph
  readonly #known = new Map<string, ChangedState>()
  readonly #argumentChanges = new Map<string, boolean>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
  }

  of(order: readonly string[]): ChangedState {
    const key = order.join('\n')
    let known = this.#known.get(key)
    if (known === undefined) {
      known = this.#hasCandidates(order)
        ? this.#find(order)
        : { units: new Map(), globals: new Map(), environment: new Map() }
      this.#known.set(key, known)
    }
    return known
  }

  /** Most projects change no module state inside of functions; then there is nothing to walk. */
  #hasCandidates(order: readonly string[]): boolean {
    return order.some((file) => {
      const { units, definitions } = this.#graph.linker.modules.load(file).summary
      const pieces = [...units, ...definitions.flatMap((one) => definitionPieces(one))]
      return pieces.some(
        (piece) =>
          piece.unguarded !== undefined ||
          piece.environmentWrites !== undefined ||
          piece.hasHiddenState === true ||
          piece.changesParameter === true,
      )
    })
  }

  #find(order: readonly string[]): ChangedState {
    const units = new Map<string, StateChange>()
    const globals = new Map<string, StateChange>()
    const environment = new Map<string, StateChange>()
    for (const file of order) {
      const { definitions } = this.#graph.linker.modules.load(file).summary
      for (const definition of definitions) {
        const walk = new DefinitionWalk(this.#graph, this.#argumentChanges, { units, globals, environment })
        walk.from(file, definition)
      }
    }
    return { units, globals, environment }
  }
}

interface Found {
  readonly units: Map<string, StateChange>
  readonly globals: Map<string, StateChange>
  readonly environment: Map<string, StateChange>
}

class DefinitionWalk {
  readonly #graph: CodeGraph
  readonly #argumentChanges: Map<string, boolean>
  readonly #found: Found
  readonly #seen = new Set<string>()
  readonly #queue: (readonly [file: string, unit: number])[] = []
  #owner = ''

  constructor(graph: CodeGraph, argumentChanges: Map<string, boolean>, found: Found) {
    this.#graph = graph
    this.#argumentChanges = argumentChanges
    this.#found = found
  }

  from(file: string, definition: Definition): void {
    this.#owner = ownerOf(definition)
    for (const piece of definitionPieces(definition)) {
      this.#piece(file, piece, { by: this.#owner, at: this.#graph.paths.at(file, definition.line) })
    }
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) this.#visit(next[0], next[1])
  }

  #visit(file: string, index: number): void {
    const key = `${file}#${index}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    const unit = this.#graph.unit(file, index)
    const by = `${unit.names[0] ?? 'a statement'}, which ${this.#owner} calls`
    this.#piece(file, unit, { by, at: this.#graph.paths.at(file, unit.line) })
  }

  #piece(file: string, piece: CodeFacts, change: StateChange): void {
    for (const one of piece.unguarded ?? []) this.#change(file, one, change)
    for (const name of piece.environmentWrites ?? []) {
      if (!this.#found.environment.has(name)) this.#found.environment.set(name, change)
    }
    for (const call of piece.calls ?? []) if (call.inFunction) this.#call(file, call, change)
    for (const reference of piece.references) {
      for (const target of this.#graph.linker.targets(file, reference)) {
        if (target.kind === 'unit') this.#queue.push([target.file, target.unit])
      }
    }
  }

  /** A call may change what it is given, or what hides behind what is called. */
  #call(file: string, { root, path, passes = [] }: Call, change: StateChange): void {
    const targets = this.#called(file, root, path)
    for (const target of targets) {
      if (target.kind !== 'unit') continue
      if (passes.length > 0 && this.#changesArgument(target.file, target.unit)) {
        for (const name of passes) this.#change(file, name, change)
      }
      if (this.#hidesState(target.file, target.unit)) this.#note(`${target.file}#${target.unit}`, change)
    }
  }

  #called(file: string, root: string, path: readonly string[]): readonly Target[] {
    const member = path[0]
    const isNamespace = this.#graph.linker.named(file, root).some(({ kind }) => kind === 'namespace')
    return isNamespace && member !== undefined
      ? this.#graph.linker.targets(file, ['member', root, member])
      : this.#graph.linker.named(file, root)
  }

  #change(file: string, changed: Reference, change: StateChange & { readonly depth?: number }): void {
    const { depth = 0, by, at } = change
    for (const target of this.#graph.linker.targets(file, changed)) {
      if (target.kind === 'global') this.#changeGlobal(file, changed, change)
      if (target.kind !== 'unit') continue
      const unit = this.#graph.unit(target.file, target.unit)
      const isFunction = unit.kind === 'function' || unit.initialiser?.kind === 'function'
      const isOwn = unit.names.includes(target.name) && !isFunction
      // A function whose result is changed: what it returns is, and the function if it has members.
      for (const name of isFunction && depth < 5 ? (unit.returns ?? []) : []) {
        this.#change(target.file, name, { by, at, depth: depth + 1 })
      }
      if (isOwn && this.#canChange(target.file, target.unit)) this.#note(`${target.file}#${target.unit}`, change)
      if (isFunction && typeof changed === 'string') this.#note(`${target.file}#${target.unit}`, change)
    }
  }

  #canChange(file: string, index: number): boolean {
    const { kind } = this.#graph.unit(file, index)
    return (
      kind === 'let' || kind === 'var' || kind === 'class' || kind === 'enum' || isStateful(this.#graph, file, index)
    )
  }

  #changeGlobal(file: string, changed: Reference, change: StateChange): void {
    const [name, member] = typeof changed === 'string' ? [changed] : [changed[1] ?? '', changed[2]]
    const { kind } = this.#graph.linker.modules.load(file).summary
    if (kind === 'commonjs' && (name === 'module' || name === 'exports')) return
    if (name === 'process' && member !== undefined && HARMLESS_PROCESS_MEMBERS.has(member)) return
    if (!this.#found.globals.has(name)) this.#found.globals.set(name, change)
  }

  #note(key: string, change: StateChange): void {
    if (!this.#found.units.has(key)) this.#found.units.set(key, change)
  }

  /** Whether a function changes what it is given, by itself or by handing it on. */
  #changesArgument(file: string, index: number): boolean {
    const key = `${file}#${index}`
    const known = this.#argumentChanges.get(key)
    if (known !== undefined) return known
    this.#argumentChanges.set(key, false)
    const unit = this.#graph.unit(file, index)
    const changes =
      unit.changesParameter === true ||
      (unit.calls ?? []).some(
        (call) =>
          call.passesArgument === true &&
          this.#called(file, call.root, call.path).some(
            (target) => target.kind === 'unit' && this.#changesArgument(target.file, target.unit),
          ),
      )
    this.#argumentChanges.set(key, changes)
    return changes
  }

  /** Whether a constant is an instance or a closure that changes itself when it is used. */
  #hidesState(file: string, index: number): boolean {
    const unit = this.#graph.unit(file, index)
    const { initialiser } = unit
    if (initialiser?.kind !== 'call' && initialiser?.kind !== 'value' && initialiser?.kind !== 'container') return false
    if (unit.hasHiddenState === true) return true
    if (initialiser.kind !== 'call') return false
    return this.#called(file, initialiser.root, initialiser.path).some((target) => this.#makesState(target, 0))
  }

  #makesState(target: Target, depth: number): boolean {
    if (target.kind !== 'unit' || depth > 5) return false
    const unit = this.#graph.unit(target.file, target.unit)
    if (unit.hasHiddenState === true) return true
    const above = (unit.calls ?? []).filter(({ path }) => path.length === 0)
    return above.some(({ root }) =>
      this.#graph.linker.named(target.file, root).some((one) => {
        const isClass = one.kind === 'unit' && this.#graph.unit(one.file, one.unit).kind === 'class'
        return isClass && this.#makesState(one, depth + 1)
      }),
    )
  }
}

function ownerOf({ name, line, callee }: Definition): string {
  const verb = callee.path.at(-1) ?? callee.root
  const kind = verb === 'pipeline' ? 'pipeline' : 'step'
  return `${kind} ${name ?? `at line ${line}`}`
}
