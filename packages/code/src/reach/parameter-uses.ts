import type { Linker } from '../link/linker.ts'
import type { Target } from '../link/target.ts'
import type { CodeFacts, GivenTo, Unit } from '../summary/module-summary.ts'

/** A place where something is used. */
export interface UsePlace {
  readonly file: string
  readonly line: number
}

/** What code uses of a value that it is given. */
export interface FoundUse {
  /** Members, and where. */
  readonly members: ReadonlyMap<string, UsePlace>
  /** Where any of it may be used. */
  readonly whole?: UsePlace | undefined
}

/** A function of the module scope. */
export interface FoundFunction {
  readonly file: string
  readonly unit: Unit
}

/** Says what functions use of what they are given, also by handing it on to others. */
export class ParameterUses {
  readonly #linker: Linker

  constructor(linker: Linker) {
    this.#linker = linker
  }

  /** What a piece, which is a function, uses of a parameter. */
  ofPiece(file: string, piece: CodeFacts, index: number): FoundUse {
    return new Search(this).ofPiece(file, piece, index)
  }

  /** What the function that a call names uses of an argument. */
  ofGiven(file: string, given: GivenTo): FoundUse {
    return new Search(this).ofGiven(file, given)
  }

  /** What a call leads to. */
  targets(file: string, { to, member }: GivenTo): readonly Target[] {
    return this.#linker.targets(file, member === undefined ? to : ['member', to, member])
  }

  /** The only function that some targets are, if it stays what it is in its text. */
  functionOf(targets: readonly Target[]): FoundFunction | undefined {
    const [target] = targets
    if (target?.kind !== 'unit' || targets.length > 1) return undefined
    const { file, name } = target
    const { units } = this.#linker.modules.load(file).summary
    const unit = units[target.unit]
    if (unit === undefined || (unit.kind !== 'function' && unit.initialiser?.kind !== 'function')) return undefined
    const isOther = units.some(
      ({ writes, repeats }) => writes?.includes(name) === true || repeats?.includes(name) === true,
    )
    return isOther ? undefined : { file, unit }
  }
}

class Search implements FoundUse {
  readonly members: Map<string, UsePlace> = new Map()
  whole: UsePlace | undefined
  readonly #uses: ParameterUses
  readonly #seen = new Set<string>()

  constructor(uses: ParameterUses) {
    this.#uses = uses
  }

  ofPiece(file: string, { parameters }: CodeFacts, index: number): this {
    const { members = [], memberLines = [], givenTo = [], wholeAt } = parameters?.[index] ?? {}
    members.forEach((name, position) => {
      if (!this.members.has(name)) this.members.set(name, { file, line: memberLines[position] ?? 0 })
    })
    if (wholeAt !== undefined) this.whole ??= { file, line: wholeAt }
    for (const given of givenTo) this.ofGiven(file, given)
    return this
  }

  ofGiven(file: string, given: GivenTo): this {
    const key = `${file}\n${given.to}\n${given.member ?? ''}\n${given.index}`
    if (this.#seen.has(key)) return this
    this.#seen.add(key)
    const found = this.#uses.functionOf(this.#uses.targets(file, given))
    if (found === undefined) this.whole ??= { file, line: given.line }
    else this.ofPiece(found.file, found.unit, given.index)
    return this
  }
}
