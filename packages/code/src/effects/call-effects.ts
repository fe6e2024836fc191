import type { Target, UnitTarget } from '../link/target.ts'
import { HARMFUL_MEMBERS, HARMLESS_GLOBALS, HARMLESS_PROCESS } from '../lists/harmless-globals-data.ts'
import { HARMLESS_BUILTINS } from '../lists/harmless-builtins-data.ts'
import { LOCAL_METHODS, PURE_METHODS } from '../lists/pure-methods-data.ts'
import { PURE_PACKAGES } from '../lists/pure-packages-data.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import type { Call, CodeFacts, Unit } from '../summary/module-summary.ts'

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
    return undefined
  }

  #ofCall(file: string, call: Call): string | undefined {
    const { root, path } = call
    const last = path.at(-1) ?? ''
    if (root === '%') {
      if (path.length === 0) return 'calls a value that it was given'
      return PURE_METHODS.has(last) || LOCAL_METHODS.has(last) ? undefined : `calls .${last} of a local value`
    }
    if (root === 'this') return undefined
    if (root === '#' || root === '') {
      return path.length > 0 && PURE_METHODS.has(last) ? undefined : `calls an expression .${path.join('.')}`
    }
    const targets = this.#graph.linker.named(file, root)
    if (targets.length === 0) return ofGlobal(root, path)
    for (const target of targets) {
      const why = this.#ofTarget(target, call, 0)
      if (why !== undefined) return why
    }
    return undefined
  }

  #ofTarget(target: Target, { root, path }: Call, depth: number): string | undefined {
    switch (target.kind) {
      case 'cairn':
        return undefined
      case 'package':
        return PURE_PACKAGES.has(target.manifest.name) ? undefined : `calls package ${target.manifest.name}`
      case 'builtin': {
        const isCreateRequire = target.builtin === 'module' && [target.name, path[0]].includes('createRequire')
        return HARMLESS_BUILTINS.has(target.builtin) || isCreateRequire ? undefined : `calls node:${target.builtin}`
      }
      case 'namespace': {
        const [member = '*', ...rest] = path
        if (member === '*' || depth > 10) return `calls ${root}.*`
        const found = this.#graph.linker.exportsOf(target.file, member)
        return found
          .map((one) => this.#ofTarget(one, { root: member, path: rest, inFunction: false }, depth + 1))
          .find((why) => why !== undefined)
      }
      case 'unit':
        return this.#ofUnitCall(target, path)
      default:
        return `calls ${root}`
    }
  }

  #ofUnitCall(target: UnitTarget, path: readonly string[]): string | undefined {
    const unit = this.#graph.unit(target.file, target.unit)
    if (path.length > 0 && this.#graph.values.isValue(target.file, target.unit)) return undefined
    const { initialiser } = unit
    if (initialiser?.kind === 'alias') return this.#ofCall(target.file, aliasCall(initialiser, path))
    const isClass = unit.kind === 'class' || initialiser?.kind === 'class'
    const last = path.at(-1) ?? ''
    if (path.length > 0 && !isClass) {
      if (PURE_METHODS.has(last) && isPlainValue(unit)) return undefined
      if (unit.kind !== 'function' && initialiser?.kind !== 'function') return `calls ${target.name}.${path.join('.')}`
    }
    return this.#ofUnit(target, unit)
  }

  /** What running the body of a function, or making an instance of a class, does. */
  #ofUnit(target: UnitTarget, unit: Unit): string | undefined {
    const key = `${target.file}#${target.unit}`
    if (this.#units.has(key)) return this.#units.get(key)
    // A function that calls itself does what the rest of it does.
    this.#units.set(key, undefined)
    const why = this.#body(target, unit)
    this.#units.set(key, why)
    return why
  }

  #body(target: UnitTarget, unit: Unit): string | undefined {
    const name = unit.names[0] ?? 'it'
    if (unit.writes?.[0] !== undefined) return `writes ${unit.writes[0]}`
    if (unit.hasComputedImport === true) return 'imports what cannot be known'
    if (unit.references.some((one) => typeof one !== 'string' && one[0] === 'import')) return 'imports at run time'
    if (unit.changesArgument === true) return `${name} changes its argument`
    const changed = unit.memberWrites?.find((one) => !this.#isCairnValue(target.file, one))
    if (changed !== undefined) return `changes ${typeof changed === 'string' ? changed : changed[1]}`
    const isCallable = unit.kind === 'class' || unit.kind === 'function' || unit.kind === 'default'
    if (!isCallable && unit.initialiser?.kind !== 'function' && unit.initialiser?.kind !== 'class')
      return `calls ${name}`
    return this.ofPiece(target.file, unit, { withFunctions: true })
  }

  #isCairnValue(file: string, changed: Parameters<CodeGraph['linker']['targets']>[1]): boolean {
    const targets = this.#graph.linker.targets(file, changed)
    return targets.every(
      (one) => one.kind === 'cairn' || (one.kind === 'unit' && this.#graph.values.isValue(one.file, one.unit)),
    )
  }
}

function aliasCall(alias: { readonly root: string; readonly path: readonly string[] }, path: readonly string[]): Call {
  return { root: alias.root, path: [...alias.path, ...path], inFunction: false }
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
