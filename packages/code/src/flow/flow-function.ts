import type { Node } from 'oxc-parser'

import { hold, link, NOTHING, Place } from './place.ts'

/** Types whose values have no parts that code could change. */
const SCALAR_TYPES = new Set(['TSNumberKeyword', 'TSStringKeyword', 'TSBooleanKeyword', 'TSBigIntKeyword'])

/** A function or class of a piece. Calls give values to its parameters and to `this`; it gives back what it returns. */
export class FlowFunction {
  /** The function that it is written in. */
  readonly parent: FlowFunction | undefined
  /** Of those that are declared to be a number, a text and the like, nothing has to be known. */
  readonly params: readonly Place[]
  /** Everything that it is given: `arguments`, rest parameters. */
  readonly all: Place = new Place()
  readonly returns: Place = new Place()
  /** `this`; of a class, its instances. */
  readonly self: Place
  /** Whether `this` is what it is called on; not of arrows, classes and methods of classes. */
  hasOpenThis = false
  /** Whether its `this` is that of the code around it. */
  isArrow = false
  /** Whether it is a class; then what it makes is made by its constructor and its fields. */
  isClass = false
  /** Whether it is a static method, whose `this` is a class. */
  isStatic = false
  /** The function as a value. */
  readonly value: Place
  /** What any of its parameters may be. */
  #any: Place | undefined

  constructor(params: readonly Node[], parent: FlowFunction | undefined, self: Place = new Place()) {
    this.parent = parent
    this.params = params.map((param) => (isScalar(param) ? NOTHING : new Place()))
    this.self = self
    this.value = new Place({ fn: this })
  }

  /** Notes an argument; without an index it may be any. */
  give(argument: Place, index?: number): void {
    if (index === undefined) return void link(argument, (this.#any ??= this.#newAny()))
    hold(argument, this.all)
    const param = this.params[index]
    if (param !== undefined) link(argument, param)
  }

  #newAny(): Place {
    const any = new Place()
    hold(any, this.all)
    for (const param of this.params) link(any, param)
    return any
  }

  /** Whoever uses the piece may call it with anything. */
  giveAway(): void {
    for (const place of [...this.params, this.all]) if (place !== NOTHING) place.isGiven = true
    if (this.hasOpenThis) this.self.isGivenThis = true
  }
}

function isScalar(param: Node): boolean {
  if (param.type === 'AssignmentPattern') return isScalar(param.left)
  return param.type === 'Identifier' && SCALAR_TYPES.has(param.typeAnnotation?.typeAnnotation.type ?? '')
}
