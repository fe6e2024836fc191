import type { UnitTarget } from '../link/target.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import type { Call } from '../summary/module-summary.ts'

type Question = 'changes' | 'returns'

/** Knows which functions change what they are given, or give it back, by themselves or by handing it on. */
export class ArgumentChanges {
  readonly #graph: CodeGraph
  readonly #known = new Map<string, boolean>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
  }

  /** Whether a call of a function changes what it gives to it; also by changing what it gets back. */
  changes(target: UnitTarget, { changesResult, path }: Pick<Call, 'changesResult' | 'path'>): boolean {
    if (this.#ask('changes', target) || (changesResult === true && this.#ask('returns', target))) return true
    const isApplied = /^(?:call|apply|bind)$/.test(path.at(-1) ?? '')
    return isApplied && this.#graph.unit(target.file, target.unit).changesThis === true
  }

  /** Whether a function changes what it is given, or called on, by code that it is handed to. */
  changesWhenCalledBack(target: UnitTarget): boolean {
    return this.#ask('changes', target) || this.#graph.unit(target.file, target.unit).changesThis === true
  }

  /** Whether a function may give back what it is given. */
  returns(target: UnitTarget): boolean {
    return this.#ask('returns', target)
  }

  #ask(question: Question, { file, unit: index }: UnitTarget): boolean {
    const key = `${question} ${file}#${index}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, false)
    const unit = this.#graph.unit(file, index)
    const isSo =
      (question === 'changes' ? unit.changesParameter : unit.returnsArgument) === true ||
      (unit.calls ?? []).some((call) => call.passesArgument === true && this.#handsOn(question, file, call))
    this.#known.set(key, isSo)
    return isSo
  }

  #handsOn(question: Question, file: string, call: Call): boolean {
    return this.#graph.changed.called(file, call).some((target) => {
      if (target.kind !== 'unit') return false
      const isChanged = question === 'changes' && call.changesResult === true && this.#ask('returns', target)
      return isChanged || this.#ask(question, target)
    })
  }
}
