import type { Target } from '../link/target.ts'
import { HARMLESS_PROCESS_MEMBERS } from '../lists/harmless-globals-data.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import { definitionPieces } from '../reach/node-tokens.ts'
import type { Reference } from '../flow/reference.ts'
import type { Call, CodeFacts, Definition } from '../summary/module-summary.ts'
import type { ArgumentChanges } from './argument-changes.ts'
import { HiddenState, type OtherCode } from './hidden-state.ts'
import { RegisteredFunctions } from './registered-functions.ts'
import { isStateful } from './stateful.ts'

/** Roots of calls that are no names. */
const NO_NAME = /^(?:[%#]|this)?$/
const APPLYING = /^(?:apply|bind|call)$/
const GLOBAL_OBJECT = /^(?:globalThis|global|self|window)$/

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
  readonly #known = new WeakMap<readonly string[], ChangedState>()
  readonly #registered: RegisteredFunctions
  readonly #hidden: HiddenState

  constructor(graph: CodeGraph) {
    this.#graph = graph
    this.#registered = new RegisteredFunctions(graph)
    this.#hidden = new HiddenState(graph)
  }

  of(order: readonly string[]): ChangedState {
    let known = this.#known.get(order)
    if (known === undefined) {
      known = this.#hasCandidates(order)
        ? this.#find(order)
        : { units: new Map(), globals: new Map(), environment: new Map() }
      this.#known.set(order, known)
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
          piece.fills !== undefined ||
          piece.executes !== undefined ||
          piece.environmentWrites !== undefined ||
          piece.hasHiddenState === true ||
          piece.isGenerator === true ||
          piece.isIterator === true ||
          piece.changesParameter === true ||
          piece.changesThis === true,
      )
    })
  }

  #appliedNames(order: readonly string[]): ReadonlySet<string> {
    const names = new Set<string>()
    for (const file of order) {
      const { units, definitions } = this.#graph.linker.modules.load(file).summary
      for (const { calls = [] } of [...units, ...definitions.flatMap((one) => definitionPieces(one))]) {
        for (const { path } of calls) {
          if (path.length > 1 && APPLYING.test(path.at(-1) ?? '')) names.add(path.at(-2) ?? '')
        }
      }
    }
    return names
  }

  #find(order: readonly string[]): ChangedState {
    const units = new Map<string, StateChange>()
    const globals = new Map<string, StateChange>()
    const environment = new Map<string, StateChange>()
    const fills = new Map<string, StateChange>()
    const reads = new Set<string>()
    const found = { units, globals, environment, fills, reads }
    const surroundings = {
      graph: this.#graph,
      hidden: this.#hidden,
      registered: this.#registered.of(order),
      applied: this.#appliedNames(order),
    }
    for (const file of order) {
      const { definitions } = this.#graph.linker.modules.load(file).summary
      for (const definition of definitions) {
        new DefinitionWalk(surroundings, found).from(file, definition)
      }
    }
    // Who reads a memo without filling it sees whether somebody did.
    for (const [key, change] of fills) if (reads.has(key) && !units.has(key)) units.set(key, change)
    return { units, globals, environment }
  }
}

interface GlobalName {
  readonly name: string
  readonly member?: string | undefined
}

interface Found {
  readonly units: Map<string, StateChange>
  readonly globals: Map<string, StateChange>
  readonly environment: Map<string, StateChange>
  /** Memos by `file#unit`. */
  readonly fills: Map<string, StateChange>
  /** What code reads that does not fill it. */
  readonly reads: Set<string>
}

interface Surroundings {
  readonly graph: CodeGraph
  readonly hidden: HiddenState
  readonly registered: ReturnType<RegisteredFunctions['of']>
  /** Names of methods that any code takes out of their objects: `list.push.bind(list)`. */
  readonly applied: ReadonlySet<string>
}

class DefinitionWalk {
  readonly #graph: CodeGraph
  readonly #arguments: ArgumentChanges
  readonly #hidden: HiddenState
  readonly #registered: Surroundings['registered']
  readonly #others: OtherCode
  readonly #found: Found
  readonly #seen = new Set<string>()
  readonly #queue: (readonly [file: string, unit: number])[] = []
  #owner = ''

  constructor({ graph, hidden, registered, applied }: Surroundings, found: Found) {
    this.#graph = graph
    this.#arguments = graph.arguments
    this.#hidden = hidden
    this.#registered = registered
    this.#others = { registered, applied }
    this.#found = found
  }

  from(file: string, definition: Definition): void {
    this.#owner = ownerOf(definition)
    for (const piece of definitionPieces(definition)) {
      const change = { by: this.#owner, at: this.#graph.paths.at(file, definition.line) }
      this.#piece(file, piece, change)
      this.#noteUnasked(file, piece, change)
    }
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) this.#visit(next[0], next[1])
  }

  #visit(file: string, index: number): void {
    const key = `${file}#${index}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    const unit = this.#graph.unit(file, index)
    const by = `${unit.names[0] ?? 'a statement'}, which ${this.#owner} calls`
    const change = { by, at: this.#graph.paths.at(file, unit.line) }
    this.#piece(file, unit, change)
    if (unit.kind === 'function' || unit.kind === 'class' || unit.initialiser?.kind === 'function') {
      this.#noteUnasked(file, unit, change)
    }
    this.#queue.push(...(this.#registered.get(key) ?? []))
  }

  /** Reading a getter, or a loop over a generator, is no call. */
  #noteUnasked(file: string, piece: CodeFacts, change: StateChange): void {
    for (const reference of piece.references) {
      for (const target of this.#graph.linker.targets(file, reference)) {
        if (target.kind !== 'unit' || !this.#hidden.runsUnasked(target.file, target.unit)) continue
        if (this.#hidden.isKept(target, 'implicit', this.#others)) continue
        this.#note(`${target.file}#${target.unit}`, change)
      }
    }
  }

  #piece(file: string, piece: CodeFacts, change: StateChange): void {
    for (const target of this.#graph.changed.ofList(file, piece, piece.unguarded)) this.#change(file, target, change)
    for (const one of piece.unguarded ?? []) this.#changeGlobal(file, one, change)
    for (const one of piece.executes ?? []) this.#execute(file, one, change)
    for (const name of piece.environmentWrites ?? []) {
      if (!this.#found.environment.has(name)) this.#found.environment.set(name, change)
    }
    for (const call of piece.calls ?? []) if (call.inFunction) this.#call(file, call, change)
    const filled = new Set(this.#graph.changed.ofList(file, piece, piece.fills).map((target) => keyOf(target)))
    for (const key of filled) if (key !== undefined && !this.#found.fills.has(key)) this.#found.fills.set(key, change)
    for (const reference of piece.references) {
      for (const target of this.#graph.linker.targets(file, reference)) {
        if (target.kind !== 'unit') continue
        this.#queue.push([target.file, target.unit])
        if (!filled.has(keyOf(target))) this.#found.reads.add(`${target.file}#${target.unit}`)
      }
    }
  }

  /** A call may change what it is given, or what hides behind what is called. */
  #call(file: string, call: Call, change: StateChange): void {
    const { passes = [], callees = [] } = call
    if (passes.length > 0 && this.#handsChanger(file, call))
      this.#changeAll(file, [call.root, ...passes, ...callees], change)
    const kept = this.#keptBy(file, call)
    for (const target of this.#graph.changed.called(file, call)) {
      if (target.kind !== 'unit') continue
      if (passes.length > 0 && this.#arguments.changes(target, call)) {
        this.#changeAll(file, passes, change)
      }
      if (!kept.has(`${target.file}#${target.unit}`)) this.#noteHidden(target, change)
    }
    if (callees.length === 0 && this.#isGlobal(file, call)) return
    for (const one of passes)
      for (const given of this.#graph.changed.of(file, one, true)) this.#noteHidden(given, change)
  }

  /** Instances that a method is called on which leaves them as they are. */
  #keptBy(file: string, call: Call): ReadonlySet<string> {
    const { root, path, callees } = call
    const kept = new Set<string>()
    const method = path.at(-1)
    if (method === undefined || (callees === undefined && (path.length !== 1 || NO_NAME.test(root)))) return kept
    const on = callees === undefined ? this.#graph.linker.named(file, root) : this.#graph.changed.called(file, call)
    for (const target of on) {
      if (target.kind === 'unit' && this.#hidden.isKept(target, [method], this.#others))
        kept.add(`${target.file}#${target.unit}`)
    }
    return kept
  }

  #noteHidden(target: Target, change: StateChange): void {
    if (target.kind !== 'unit' || !this.#hidden.isIn(target.file, target.unit)) return
    this.#note(`${target.file}#${target.unit}`, change)
  }

  /** What the language calls of a value has a name, and is asked for by itself. */
  #isGlobal(file: string, { root }: Call): boolean {
    return !NO_NAME.test(root) && this.#graph.linker.named(file, root).length === 0
  }

  /** Whether a call hands a function on that changes what it is given. */
  #handsChanger(file: string, { passes = [] }: Call): boolean {
    const given = passes.flatMap((one) => this.#graph.changed.of(file, one, true))
    return given.some((target) => target.kind === 'unit' && this.#arguments.changesWhenCalledBack(target))
  }

  #changeAll(file: string, references: readonly Reference[], change: StateChange): void {
    for (const one of references) {
      if (NO_NAME.test(one[0] ?? '')) continue
      for (const changed of this.#graph.changed.of(file, one, true)) this.#change(file, changed, change)
      this.#changeGlobal(file, one, change)
    }
  }

  #change(file: string, target: Target, change: StateChange): void {
    if (target.kind === 'global') this.#noteGlobal(file, { name: target.name }, change)
    if (target.kind !== 'unit' || this.#graph.values.isValue(target.file, target.unit)) return
    if (this.#canChange(target.file, target.unit)) this.#note(`${target.file}#${target.unit}`, change)
  }

  #canChange(file: string, index: number): boolean {
    const { kind, initialiser } = this.#graph.unit(file, index)
    if (/^(?:let|var|class|enum|function)$/.test(kind) || initialiser?.kind === 'function') return true
    return isStateful(this.#graph, file, index)
  }

  /** A regular expression that remembers where it was. */
  #execute(file: string, reference: Reference, change: StateChange): void {
    for (const target of this.#graph.changed.of(file, reference, true)) {
      const isState =
        target.kind === 'unit' && this.#graph.unit(target.file, target.unit).initialiser?.kind === 'pattern'
      if (isState) this.#change(file, target, change)
    }
  }

  #changeGlobal(file: string, changed: Reference, change: StateChange): void {
    const [name, member] = typeof changed === 'string' ? [changed] : [changed[1] ?? '', changed[2]]
    const isName = typeof changed === 'string' || changed[0] === 'member'
    if (isName && this.#graph.linker.named(file, name).length === 0) this.#noteGlobal(file, { name, member }, change)
  }

  #noteGlobal(file: string, { name, member }: GlobalName, change: StateChange): void {
    const { kind } = this.#graph.linker.modules.load(file).summary
    if (kind === 'commonjs' && (name === 'module' || name === 'exports')) return
    if (name === 'process' && (member === undefined || HARMLESS_PROCESS_MEMBERS.has(member))) return
    const global = GLOBAL_OBJECT.test(name) ? (member ?? '*') : name
    if (!this.#found.globals.has(global)) this.#found.globals.set(global, change)
  }

  #note(key: string, change: StateChange): void {
    if (!this.#found.units.has(key)) this.#found.units.set(key, change)
  }
}

function keyOf(target: Target): string | undefined {
  return target.kind === 'unit' ? `${target.file}#${target.unit}` : undefined
}

function ownerOf({ name, line, callee }: Definition): string {
  const verb = callee.path.at(-1) ?? callee.root
  const kind = verb === 'pipeline' ? 'pipeline' : 'step'
  return `${kind} ${name ?? `at line ${line}`}`
}
