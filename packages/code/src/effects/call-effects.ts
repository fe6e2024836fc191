import type { Target, UnitTarget } from '../link/target.ts'
import { HARMFUL_MEMBERS, HARMLESS_GLOBALS, HARMLESS_PROCESS } from '../lists/harmless-globals-data.ts'
import { HARMLESS_BUILTINS } from '../lists/harmless-builtins-data.ts'
import { LOCAL_METHODS, PURE_METHODS } from '../lists/pure-methods-data.ts'
import { CONFIGURING_NAMES, PURE_PACKAGES } from '../lists/pure-packages-data.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import type { Call, CodeFacts, Unit } from '../summary/module-summary.ts'

const APPLYING = /^(?:call|apply|bind)$/

/** Which calls of a piece count. */
export interface CallScope {
  /** Also those inside of functions, which may be called while the module loads. */
  readonly withFunctions?: boolean | undefined
  /** Whether calls of packages count. @default true */
  readonly withPackages?: boolean | undefined
}

/** Says whether calls may change something besides what they return. What is not known to be harmless has an effect. */
export class CallEffects {
  readonly #graph: CodeGraph
  /** What the functions of units do. */
  readonly #units = new Map<string, string | undefined>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
  }

  /** Why the calls of a piece of code have an effect, as one clause; `undefined` if they have none. */
  ofPiece(file: string, piece: CodeFacts, scope: CallScope = {}): string | undefined {
    for (const call of piece.calls ?? []) {
      if (call.inFunction && scope.withFunctions !== true) continue
      const why = this.#ofCall(file, call)
      if (why !== undefined && (scope.withPackages !== false || !why.startsWith('calls package'))) return why
    }
    return this.#ofImplicit(file, piece)
  }

  /** Getters and the like run without being called; so do those of instances. */
  #ofImplicit(file: string, piece: CodeFacts): string | undefined {
    for (const reference of piece.references) {
      for (const target of this.#graph.linker.targets(file, reference)) {
        const why = target.kind === 'unit' ? this.#implicit(target) : undefined
        if (why !== undefined) return why
      }
    }
    return undefined
  }

  #implicit(target: UnitTarget): string | undefined {
    const { initialiser, hasImplicit } = this.#graph.unit(target.file, target.unit)
    if (hasImplicit === true) return this.#inside(target)
    if (initialiser?.kind !== 'call') return undefined
    for (const one of this.#graph.changed.called(target.file, initialiser)) {
      const isRunning = one.kind === 'unit' && this.#graph.unit(one.file, one.unit).hasImplicit === true
      const why = isRunning ? this.#inside(one) : undefined
      if (why !== undefined) return why
    }
    return undefined
  }

  #ofCall(file: string, call: Call): string | undefined {
    if (call.changesResult === true && call.passes !== undefined && this.#givesBack(file, call)) {
      return `changes what ${call.root} gives back`
    }
    return this.#ofCallee(file, call) ?? this.#ofCallbacks(file, call)
  }

  #ofCallee(file: string, call: Call): string | undefined {
    const { root, path } = call
    const last = path.at(-1) ?? ''
    for (const target of call.callees === undefined ? [] : this.#graph.changed.called(file, call)) {
      const why = this.#ofTarget(target, { ...call, path: path.slice(-1) }, 0)
      if (why !== undefined) return why
    }
    if (root === '%' || root === '#' || root === '') {
      if (path.length === 0) return call.isKnown === true ? undefined : 'calls a value that it was given'
      const isKnown = PURE_METHODS.has(last) || (root === '%' && LOCAL_METHODS.has(last))
      return isKnown || call.isKnown === true ? undefined : `calls .${last} of a local value`
    }
    if (root === 'this') return undefined
    const targets = this.#graph.linker.named(file, root)
    if (targets.length === 0) return ofGlobal(root, path)
    for (const target of targets) {
      const why = this.#ofTarget(target, call, 0)
      if (why !== undefined) return why
    }
    return undefined
  }

  #givesBack(file: string, call: Call): boolean {
    const called = this.#graph.changed.called(file, call)
    return called.some((target) => target.kind === 'unit' && this.#graph.arguments.returns(target))
  }

  /** Functions that are handed to other code may be called at once. */
  #ofCallbacks(file: string, { root, passes = [] }: Call): string | undefined {
    if (passes.length === 0 || root === 'console' || root === 'Math') return undefined
    if (this.#graph.linker.named(file, root).some(({ kind }) => kind === 'cairn')) return undefined
    for (const target of passes.flatMap((one) => this.#graph.changed.of(file, one, true))) {
      if (target.kind !== 'unit' || this.#graph.values.isValue(target.file, target.unit)) continue
      const { changesArgument, changesThis } = this.#graph.unit(target.file, target.unit)
      const why = changesArgument === true || changesThis === true ? 'hands on what changes' : this.#inside(target)
      if (why !== undefined) return why
    }
    return undefined
  }

  #ofTarget(target: Target, call: Call, depth: number): string | undefined {
    const { root, path } = call
    switch (target.kind) {
      case 'cairn':
        return undefined
      case 'package':
        return isPureCall(target.manifest.name, [target.name, ...path])
          ? undefined
          : `calls package ${target.manifest.name}`
      case 'builtin': {
        const isCreateRequire = target.builtin === 'module' && [target.name, path[0]].includes('createRequire')
        return HARMLESS_BUILTINS.has(target.builtin) || isCreateRequire ? undefined : `calls node:${target.builtin}`
      }
      case 'namespace': {
        const [member = '*', ...rest] = path
        if (member === '*' || depth > 10) return `calls ${root}.*`
        const found = this.#graph.linker.exportsOf(target.file, member)
        return found
          .map((one) => this.#ofTarget(one, { ...call, root: member, path: rest }, depth + 1))
          .find((why) => why !== undefined)
      }
      case 'unit':
        return this.#ofUnitCall(target, call)
      default:
        return `calls ${root}`
    }
  }

  #ofUnitCall(target: UnitTarget, call: Call): string | undefined {
    const { path } = call
    const unit = this.#graph.unit(target.file, target.unit)
    if (path.length > 0 && this.#graph.values.isValue(target.file, target.unit)) return undefined
    const { initialiser } = unit
    const isGiven = call.passes !== undefined || call.passesArgument === true
    const changesGiven =
      unit.changesArgument === true ||
      changesKept(unit) ||
      (unit.changesThis === true && APPLYING.test(path.at(-1) ?? ''))
    if (isGiven && changesGiven) return `${target.name} changes its argument`
    if (initialiser?.kind === 'alias') return this.#ofCallee(target.file, aliasCall(initialiser, call))
    const isClass = unit.kind === 'class' || initialiser?.kind === 'class'
    const isFunction = unit.kind === 'function' || unit.kind === 'default' || initialiser?.kind === 'function'
    const last = path.at(-1) ?? ''
    if (path.length > 0 && !isClass) {
      if (PURE_METHODS.has(last) && isPlainValue(unit)) return undefined
      if (this.#isDescription(target.file, unit, path)) return this.#inside(target)
      if (!isFunction) return `calls ${target.name}.${path.join('.')}`
    }
    return isClass || isFunction ? this.#inside(target) : `calls ${target.name}`
  }

  /** A schema and its method, which does no more than the functions that the schema was made with. */
  #isDescription(file: string, { initialiser }: Unit, path: readonly string[]): boolean {
    if (initialiser?.kind !== 'call') return false
    const makers = this.#graph.linker.named(file, initialiser.root)
    const isMadeBy = (one: Target): boolean =>
      one.kind === 'package' && isPureCall(one.manifest.name, [one.name, ...initialiser.path, ...path])
    return makers.length > 0 && makers.every(isMadeBy)
  }

  /** What running the functions of a unit, or making an instance of a class, does. */
  #inside(target: UnitTarget): string | undefined {
    const key = `${target.file}#${target.unit}`
    if (this.#units.has(key)) return this.#units.get(key)
    // A function that calls itself does what the rest of it does.
    this.#units.set(key, undefined)
    const why = this.#body(target.file, this.#graph.unit(target.file, target.unit))
    this.#units.set(key, why)
    return why
  }

  #body(file: string, unit: Unit): string | undefined {
    if (unit.writes?.[0] !== undefined) return `writes ${unit.writes[0]}`
    if (unit.hasComputedImport === true) return 'imports what cannot be known'
    if (unit.references.some((one) => typeof one !== 'string' && one[0] === 'import')) return 'imports at run time'
    const changed = unit.memberWrites?.find((one) => this.#graph.isForeign(this.#graph.changed.of(file, one, true)))
    if (changed !== undefined) return `changes ${typeof changed === 'string' ? changed : changed[1]}`
    return this.ofPiece(file, unit, { withFunctions: true })
  }
}

/** A description that a package makes; it may also be told to make all of them otherwise. */
function isPureCall(name: string, path: readonly string[]): boolean {
  return PURE_PACKAGES.has(name) && !path.some((one) => CONFIGURING_NAMES.has(one))
}

/** Whether a class changes what the constructor of the class above it may have kept. */
export function changesKept({ kind, initialiser, partWrites }: Unit): boolean {
  const isClass = kind === 'class' || initialiser?.kind === 'class'
  return isClass && partWrites?.some((one) => typeof one !== 'string' && one[0] === 'result') === true
}

function aliasCall(alias: { readonly root: string; readonly path: readonly string[] }, call: Call): Call {
  return { ...call, root: alias.root, path: [...alias.path, ...call.path] }
}

/** A value of the language whose methods are known: a literal, an array, an object, a map. */
function isPlainValue({ initialiser }: Unit): boolean {
  if (initialiser === undefined) return false
  if (initialiser.kind === 'literal' || initialiser.kind === 'container') return true
  return initialiser.kind === 'call' && HARMLESS_GLOBALS.has(initialiser.root) && initialiser.path.length === 0
}

function ofGlobal(root: string, path: readonly string[]): string | undefined {
  const [member = ''] = path
  if (root === 'process') return HARMLESS_PROCESS.has(member) ? undefined : `calls process.${path.join('.')}`
  if (HARMFUL_MEMBERS.has(`${root}.${member}`)) return `calls ${root}.${member}`
  return HARMLESS_GLOBALS.has(root) ? undefined : `calls global ${[root, ...path].join('.')}`
}
