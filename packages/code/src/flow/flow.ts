import type { Node } from 'oxc-parser'

import type { Reference } from './reference.ts'
import type { FlowCall } from './flow-call.ts'
import type { FlowFunction } from './flow-function.ts'
import { link, NOTHING, Place } from './place.ts'
import { Reach } from './reach.ts'
import { originsIn, solveFlow } from './solve-flow.ts'

/** A value that is stored in another one. */
export interface FlowStore {
  readonly to: Place
  readonly value: Place
}

/** A method or accessor of the class that is the value of a piece. */
export interface FlowMember {
  readonly fn: FlowFunction
  /** Members of anything that it uses, by name; `*` for any. */
  readonly uses: Set<string>
  /** Whether it changes the instance by itself. */
  hasChange: boolean
}

/** A change of a value, or of a name of an own scope, by code of a function. */
export interface FlowChange {
  /** What is changed; absent if it is a name that gets another value. */
  readonly place?: Place | undefined
  /** Where the name is declared that gets another value, or that what is changed is reached by. */
  readonly declaredIn?: FlowFunction | undefined
  /** Where the change is; absent if it is in no function. */
  readonly fn: FlowFunction | undefined
  readonly offset: number
  /** Whether it only fills in what was not there. */
  readonly isMemo: boolean
  /** Whether it is a method that registers something, which is no change of state while steps run. */
  readonly isRegistering: boolean
  /** Whether it is in no function, so that it happens when the module loads. */
  readonly isAtLoad: boolean
  /** Whether it is in a method, so that a change of an instance is one of its state. */
  readonly isInMethod: boolean
  /** Whether it is in a constructor or a field, where an instance is only being made, but for functions that live on. */
  readonly isInMaker: boolean
  /** The member of the class of the piece that it is in. */
  readonly member?: FlowMember | undefined
  /** The environment variable that is changed, or `*`. */
  readonly environmentName?: string | undefined
}

/** A call as it is written. */
export interface NamedCall {
  readonly call: FlowCall | undefined
  readonly root: string
  readonly path: readonly string[]
  readonly inFunction: boolean
  /** Whether what is called is what another call gave. */
  readonly hasCall: boolean
}

/** What a place may be, told apart by what it means outside of the piece. */
export interface Origins {
  /** It may be these. */
  readonly selves: ReadonlyMap<string, Reference>
  /** It may be a part of these. */
  readonly parts: ReadonlyMap<string, Reference>
  /** It may be given by whoever uses the piece. */
  readonly isGiven: boolean
  /** It may be `this` of a function that others may call. */
  readonly isGivenThis: boolean
  readonly captured: ReadonlySet<string>
  /** Whether it may be an instance of a class of the piece. */
  readonly isInstance: boolean
  /** Whether it may be a part of one. */
  readonly isOfInstance: boolean
  /** Whether it may be an iterator of the language. */
  readonly isIterator: boolean
  /** Values that were made in the piece, by these functions. */
  readonly madeBy: ReadonlySet<FlowFunction | 'outside'>
  /** Calls that it may be the result of. */
  readonly results: ReadonlySet<FlowCall>
}

/** Which values of a piece may be which. */
export class Flow {
  readonly stores: FlowStore[] = []
  readonly changes: FlowChange[] = []
  readonly named: NamedCall[] = []
  /** What may be executed as a regular expression, which can change it. */
  readonly executed: Place[] = []
  readonly calls: FlowCall[] = []
  /** What the piece is, or what its names hold. */
  readonly value: Place = new Place()
  /** What is handed to whoever uses the piece, other than by returning it: thrown, given to callbacks. */
  readonly handedOut: Place = new Place()
  readonly thrown: Place = new Place()
  /** What functions of other pieces may throw. */
  readonly caught: Place = new Place()
  /** Functions that the outside may call with anything. */
  readonly givenAway: Set<FlowFunction> = new Set()
  /** Functions that may be called after the piece is done. */
  readonly kept: Set<FlowFunction> = new Set()
  /** Whether anything in it gives an iterator of the language. */
  hasIterators = false
  /** Places of expressions that were met. */
  readonly known: Map<Node, Place> = new Map()
  /** Calls by their nodes. */
  readonly callOf: Map<Node, FlowCall> = new Map()
  readonly #functions = new Map<Node, FlowFunction>()
  readonly #bases = new Map<string, Place>()
  readonly #captured = new Map<string, Place>()
  readonly #isDeclared: (name: string) => boolean
  #solved: Reach | undefined

  constructor(isDeclared: (name: string) => boolean) {
    this.#isDeclared = isDeclared
  }

  /** Whether a name is one of the module scope, and no global. */
  isDeclared(name: string): boolean {
    return this.#isDeclared(name)
  }

  /** Something of the module scope, or a global. */
  base(reference: Reference): Place {
    const key = typeof reference === 'string' ? reference : reference.join('\n')
    let place = this.#bases.get(key)
    if (place === undefined) {
      place = new Place({ base: reference })
      this.#bases.set(key, place)
    }
    return place
  }

  /** Whether anything of the module scope or of globals that was met is so. */
  hasReference(isSo: (reference: Reference) => boolean): boolean {
    for (const { source } of this.#bases.values()) if (source?.base !== undefined && isSo(source.base)) return true
    return false
  }

  captured(name: string): Place {
    let place = this.#captured.get(name)
    if (place === undefined) {
      place = new Place({ captured: name })
      this.#captured.set(name, place)
    }
    return place
  }

  store(to: Place, value: Place): void {
    if (to !== NOTHING && value !== NOTHING) this.stores.push({ to, value })
  }

  /** The function of a node; the same each time. */
  functionOf(node: Node, make: () => FlowFunction): FlowFunction {
    let fn = this.#functions.get(node)
    if (fn === undefined) {
      fn = make()
      this.#functions.set(node, fn)
    }
    return fn
  }

  get hasFunctions(): boolean {
    return this.#functions.size > 0
  }

  handOut(value: Place): void {
    link(value, this.handedOut)
  }

  /** Brings together all that was noted. */
  solve(): void {
    if (this.#solved !== undefined) return
    solveFlow(this)
    this.#solved = new Reach()
  }

  /** What a place may be, or, with `isPart`, any part of it, once all is brought together. */
  originsOf(place: Place, isPart: boolean): Origins {
    this.solve()
    return originsIn(this.#solved ?? new Reach(), place, isPart)
  }
}
