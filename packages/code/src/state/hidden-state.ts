import { READING_MEMBERS } from '../lists/flow-methods-data.ts'
import type { Target, UnitTarget } from '../link/target.ts'
import type { CodeGraph } from '../reach/code-graph.ts'
import type { Reference } from '../flow/reference.ts'
import type { Unit } from '../summary/module-summary.ts'
import { keepsInstance } from './kept-instances.ts'

/** Classes above one another, and functions that call one another. */
const DEEPEST = 5

/** A reference with the file that has it. */
interface PlacedReference {
  readonly file: string
  readonly reference: Reference
}

/** What of the code behind a value is asked. */
type Trait = (unit: Unit) => boolean

const isReadOnce: Trait = ({ isGenerator, isIterator }) => isGenerator === true || isIterator === true
const hasState: Trait = (unit) => unit.hasHiddenState === true || isReadOnce(unit)
const runsUnasked: Trait = (unit) => unit.hasImplicit === true || isReadOnce(unit)
/** A method of the language of the same name belongs to what these make. */
const ITERABLE = /^(?:Array|FormData|Headers|Map|Set|URLSearchParams|\w+Array)$/

/** What other code of the project does to objects from outside. */
export interface OtherCode {
  /** Units with functions that are put into something, by `file#unit` of that. */
  readonly registered: ReadonlyMap<string, unknown>
  /** Names of methods that any code takes out of their objects: `list.push.bind(list)`. */
  readonly applied: ReadonlySet<string>
}

/** Knows which values change themselves when they are used: instances, what holds some, closures that count. */
export class HiddenState {
  readonly #graph: CodeGraph
  readonly #known = new Map<string, boolean>()

  constructor(graph: CodeGraph) {
    this.#graph = graph
  }

  /** Whether the value of a unit may change itself when it, or a part of it, is called. */
  isIn(file: string, index: number): boolean {
    const key = `${file}#${index}`
    let known = this.#known.get(key)
    if (known === undefined) {
      known = this.#is(file, this.#graph.unit(file, index), hasState)
      this.#known.set(key, known)
    }
    return known
  }

  /** Whether it may do so without being called: by a getter, or because it is iterated over or made a text. */
  runsUnasked(file: string, index: number): boolean {
    return this.isIn(file, index) && this.#is(file, this.#graph.unit(file, index), runsUnasked)
  }

  /**
   * Whether calling these members of an instance, or those that the language calls, leaves it as it is: its class, and
   * what they use, say so.
   */
  isKept({ file, unit: index }: UnitTarget, names: readonly string[] | 'implicit', others: OtherCode): boolean {
    const unit = this.#graph.unit(file, index)
    const { initialiser } = unit
    if (hasState(unit) || initialiser?.kind !== 'call' || initialiser.path.length > 0) return false
    const [maker, ...more] = this.#graph.linker.named(file, initialiser.root)
    if (maker?.kind !== 'unit' || more.length > 0 || !this.#isClass(maker)) return false
    if (others.registered.has(`${file}#${index}`) || others.registered.has(`${maker.file}#${maker.unit}`)) return false
    const { members = [] } = this.#graph.unit(maker.file, maker.unit)
    if (members.some(({ name }) => others.applied.has(name))) return false
    const asked =
      names === 'implicit' ? members.filter((one) => one.isImplicit === true).map(({ name }) => name) : names
    if (!keepsInstance(members, asked) || this.#holdsOthers(maker)) return false
    const inside = [...(unit.values ?? []), ...(unit.holds ?? [])].filter((one) => one[1] !== initialiser.root)
    return !inside.some((one) => this.#isOfInstance({ file, reference: one }, hasState, 0) || this.#isResult(file, one))
  }

  /** Whether it is what a function gives whose results have state. */
  #isResult(file: string, reference: Reference): boolean {
    if (typeof reference === 'string' || reference[0] !== 'result') return false
    return this.#graph.linker.named(file, reference[1]).some((one) => this.#makes(one, hasState, 0))
  }

  /** Whether instances of a class hold, or are, instances of other ones with state. */
  #holdsOthers({ file, unit: index }: UnitTarget): boolean {
    const { calls = [], names } = this.#graph.unit(file, index)
    return calls.some(({ root, path }) => {
      if (path.length > 0 || names.includes(root)) return false
      return this.#graph.linker.named(file, root).some((one) => this.#makes(one, hasState, 0))
    })
  }

  #is(file: string, unit: Unit, trait: Trait): boolean {
    const { initialiser, kind } = unit
    if (kind === 'namespace') return trait(unit)
    const isValue = /^(?:call|value|container)$/.test(initialiser?.kind ?? '')
    if (unit.isIterator === true && /^(?:let|var|class)$/.test(kind)) return true
    if (!isValue && !/^(?:let|var)$/.test(kind)) return false
    if (isValue && trait(this.#hasOwnMethod(file, unit) ? { ...unit, isIterator: false } : unit)) return true
    if (initialiser?.kind === 'call') {
      const makers = this.#graph.changed.called(file, initialiser)
      const isRead = READING_MEMBERS.has(initialiser.path.at(-1) ?? '')
      const made: Trait = (one) => trait(isRead ? { ...one, isGenerator: false, isIterator: false } : one)
      if (makers.some((target) => this.#makes(target, made, 0))) return true
      if (this.#isOfMixin(file, unit, trait)) return true
      // What it is given to make it of is not in what it makes.
      if (makers.length > 0 && makers.every((target) => this.#keepsNothing(target))) return false
    }
    const inside = [...(unit.values ?? []), ...(unit.holds ?? [])]
    return inside.some((one) => this.#isOfInstance({ file, reference: one }, trait, 0))
  }

  /** `registry.keys()` of an object or class of the project gives whatever that wants. */
  #hasOwnMethod(file: string, { isIterator, initialiser }: Unit): boolean {
    if (isIterator !== true || initialiser?.kind !== 'call' || initialiser.path.length !== 1) return false
    const owners = this.#graph.linker.named(file, initialiser.root)
    return owners.length > 0 && owners.every((owner) => this.#isOwnObject(owner))
  }

  #isOwnObject(target: Target): boolean {
    if (target.kind !== 'unit') return false
    const { initialiser } = this.#graph.unit(target.file, target.unit)
    if (initialiser?.kind !== 'call') return false
    return this.#graph.changed.called(target.file, initialiser).some((maker) => this.#isOwnClass(maker))
  }

  /** A class that is not made of one of the language. */
  #isOwnClass(target: Target): boolean {
    if (target.kind !== 'unit' || !this.#isClass(target)) return false
    const { calls = [] } = this.#graph.unit(target.file, target.unit)
    return !calls.some(({ root, path }) => path.length === 0 && ITERABLE.test(root))
  }

  /** `new (mixin(Base))()`: an instance of a class that a function makes of another one. */
  #isOfMixin(file: string, { calls = [] }: Unit, trait: Trait): boolean {
    if (!calls.some(({ callees, path }) => callees !== undefined && path.length === 0)) return false
    const given = calls.flatMap(({ passes = [] }) => passes.filter((one) => typeof one === 'string'))
    return given.some((name) =>
      this.#graph.linker.named(file, name).some((target) => this.#isClass(target) && this.#makes(target, trait, 0)),
    )
  }

  /** Whether calling a function, or making an instance of a class, gives something with state. */
  #makes(target: Target, trait: Trait, depth: number): boolean {
    if (target.kind !== 'unit' || depth > DEEPEST) return false
    const unit = this.#graph.unit(target.file, target.unit)
    if (trait(unit)) return true
    const above = (unit.calls ?? []).filter(({ path }) => path.length === 0)
    return above.some(({ root }) =>
      this.#graph.linker
        .named(target.file, root)
        .some((one) => this.#isClass(one) && this.#makes(one, trait, depth + 1)),
    )
  }

  /** Whether something that a unit is or holds is an instance with state, made there or by a function. */
  #isOfInstance({ file, reference }: PlacedReference, trait: Trait, depth: number): boolean {
    if (typeof reference === 'string' || reference[0] !== 'result' || depth > DEEPEST) return false
    return this.#graph.linker.named(file, reference[1]).some((target) => {
      if (target.kind !== 'unit') return false
      if (this.#isClass(target)) return this.#makes(target, trait, 0)
      const { returns = [] } = this.#graph.unit(target.file, target.unit)
      return returns.some((one) => this.#isOfInstance({ file: target.file, reference: one }, trait, depth + 1))
    })
  }

  #isClass(target: Target): boolean {
    if (target.kind !== 'unit') return false
    const { kind, initialiser } = this.#graph.unit(target.file, target.unit)
    return kind === 'class' || initialiser?.kind === 'class'
  }

  #keepsNothing(target: Target): boolean {
    if (target.kind !== 'unit' || this.#isClass(target)) return false
    const { kind, initialiser } = this.#graph.unit(target.file, target.unit)
    const isFunction = kind === 'function' || initialiser?.kind === 'function'
    return isFunction && !this.#graph.arguments.returns(target)
  }
}
