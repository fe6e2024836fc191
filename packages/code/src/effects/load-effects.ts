import type { CodeGraph } from '../reach/code-graph.ts'
import { definitionPieces } from '../reach/node-tokens.ts'
import type { Reference } from '../flow/reference.ts'
import type { CodeFacts, Definition, Unit } from '../summary/module-summary.ts'
import { HARMLESS_PROCESS_MEMBERS } from '../lists/harmless-globals-data.ts'
import { CallEffects } from './call-effects.ts'

/** What a top-level unit does when its module loads, besides making its own value. */
export interface LoadEffect {
  readonly unit: number
  /** `changes registry`, `calls package dayjs`: one clause. */
  readonly why: string
}

/** Finds the top-level units that may change something else when they run. */
export class LoadEffects {
  readonly #graph: CodeGraph
  readonly #calls: CallEffects
  readonly #known = new Map<string, readonly LoadEffect[]>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
    this.#calls = new CallEffects(graph)
  }

  /** The units of a file that have an effect, in order. */
  of(file: string): readonly LoadEffect[] {
    let known = this.#known.get(file)
    if (known === undefined) {
      const { units } = this.#graph.linker.modules.load(file).summary
      known = units.flatMap((unit, index) => {
        const why = this.#effect(file, unit, index)
        return why === undefined ? [] : [{ unit: index, why }]
      })
      this.#known.set(file, known)
    }
    return known
  }

  #effect(file: string, unit: Unit, index: number): string | undefined {
    if (unit.kind === 'function') return undefined
    const isFunction = unit.initialiser?.kind === 'function'
    const isClass = unit.kind === 'class' || unit.initialiser?.kind === 'class'
    const changes = isFunction || (isClass && unit.changesAtLoad !== true) ? undefined : this.#changes(file, unit)
    return (
      changes ??
      this.#loads(unit) ??
      (isFunction
        ? undefined
        : this.#calls.ofPiece(file, unit, { withFunctions: !isClass && this.#mayCallBack(unit) })) ??
      this.#ofDefinitions(file, index)
    )
  }

  /** Functions in a unit may run when it loads if it calls anything else than Cairn. */
  #mayCallBack(unit: Unit): boolean {
    const isCalling = unit.calls?.some(({ inFunction }) => !inFunction) ?? false
    return isCalling && (unit.kind === 'effect' || unit.initialiser?.kind !== 'container')
  }

  #loads(unit: Unit): string | undefined {
    if (unit.kind !== 'effect') return undefined
    if (unit.refusals?.[0] !== undefined) return unit.refusals[0].what
    const isLoading = unit.references.some((one) => typeof one !== 'string' && one[0] === 'import')
    return isLoading ? 'imports at run time' : undefined
  }

  #changes(file: string, piece: CodeFacts): string | undefined {
    const name = piece.writes?.[0]
    if (name !== undefined) return `writes ${name}`
    const changed = piece.memberWrites?.find((one) => this.isHarmful(file, one))
    return changed === undefined ? undefined : `changes ${nameOf(changed)}`
  }

  /** Whether changing members of something may change what a step does. */
  isHarmful(file: string, changed: Reference): boolean {
    if (typeof changed !== 'string' && changed[1] === 'process' && HARMLESS_PROCESS_MEMBERS.has(changed[2] ?? '')) {
      return false
    }
    const { summary } = this.#graph.linker.modules.load(file)
    const name = nameOf(changed)
    if (summary.kind === 'commonjs' && (name === 'module' || name === 'exports')) return false
    return this.#graph.isForeign(this.#graph.changed.of(file, changed, true))
  }

  /** What the arguments of definitions do: a declaration is made when its module loads. */
  #ofDefinitions(file: string, unit: number): string | undefined {
    const { definitions, units } = this.#graph.linker.modules.load(file).summary
    if (units[unit]?.initialiser?.kind === 'function') return undefined
    for (const definition of definitions) {
      const why = definition.unit === unit ? this.#ofDefinition(file, definition) : undefined
      if (why !== undefined) return why
    }
    return undefined
  }

  #ofDefinition(file: string, definition: Definition): string | undefined {
    const isCairn = this.#graph.values.isDefinition(file, definition)
    for (const piece of definitionPieces(definition)) {
      const isFunction = piece === definition.implementation && definition.implementation.kind !== 'expression'
      if (isFunction && isCairn) continue
      const changes = piece.changesAtLoad === true ? this.#changes(file, piece) : undefined
      const why = changes ?? this.#calls.ofPiece(file, piece, { withFunctions: !isCairn, withPackages: false })
      if (why !== undefined) return why
    }
    return undefined
  }
}

function nameOf(reference: Reference): string {
  return typeof reference === 'string' ? reference : (reference[1] ?? '')
}
