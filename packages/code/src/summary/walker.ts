import type { Node } from 'oxc-parser'

import { Flow, type FlowChange } from '../flow/flow.ts'
import { flowOf } from './flow-of.ts'
import type { FlowFunction } from '../flow/flow-function.ts'
import { NOTHING as NO_VALUE, type Place } from '../flow/place.ts'
import { FactsBuilder } from './facts-builder.ts'
import { LocalNames } from './local-names.ts'
import type { ModuleContext } from './module-context.ts'
import type { Reference } from '../flow/reference.ts'
import type { CodeFacts } from './module-summary.ts'
import { noteMembers, type MemberNotes } from './member-notes.ts'
import { noteFlow } from './note-flow.ts'
import type { RestoredMember } from './restored-members.ts'
import type { Tokens } from './tokens.ts'
import { walkNode } from './walk-node.ts'

/** Whose `this` it is: of a class that is made, of a method, of the class itself, or of something else. */
export type ThisOwner =
  | { readonly kind: 'constructor' | 'method' | 'none' }
  | { readonly kind: 'static'; readonly name: string | undefined }

const NOTHING: ReadonlySet<string> = new Set()

/** Walks pieces of code of one module, and collects tokens and facts. */
export class Walker {
  readonly module: ModuleContext
  readonly locals: LocalNames = new LocalNames()
  facts: FactsBuilder = new FactsBuilder()
  /** How many functions are around the node. */
  functionDepth = 0
  /** Names that a condition around, or before, compares with nothing: what they hold is made only once. */
  guards: ReadonlySet<string> = NOTHING
  thisOwner: ThisOwner = { kind: 'none' }
  /** The function of the method whose `this` `thisOwner` is. */
  methodFunction: Node | undefined
  /** Name of the class around. */
  className: string | undefined
  /** The member around, of the class that is the value of the piece. */
  member: MemberNotes | undefined
  /** All such members. */
  members: MemberNotes[] = []
  /** The body of the function around. */
  functionBody: Node | undefined
  /** Members that the function around changes and puts back. */
  restored: { readonly members: readonly RestoredMember[]; readonly depth: number } | undefined
  /** Names that the unit itself declares. */
  ownNames: ReadonlySet<string> = NOTHING
  /** The function that is the value of the piece: how it uses its parameters is noted. */
  valueFunction: Node | undefined
  /** Uses of names that are noted already, in another way than by walking to them. */
  readonly taken: WeakSet<Node> = new WeakSet()
  /** Exports that the next dynamic import is destructured into. */
  importedNames: readonly string[] | undefined
  /** Which values of the piece may be which. */
  flow: Flow
  /** What `this` may be. */
  thisPlace: Place = NO_VALUE
  /** What `super` may be. */
  superPlace: Place = NO_VALUE
  /** The name of the class above the one around, if it has one. */
  superName = 'this'
  /** The class around, as a value. */
  staticThis: Place = NO_VALUE
  /** How many functions, fields and static blocks with a `this` of their own are around the node. */
  thisDepth = 0
  /** Scopes below this index are around the piece. */
  #captureBase = 0
  /** So many of `thisDepth` are around the piece. */
  #thisBase = 0

  constructor(module: ModuleContext) {
    this.module = module
    this.flow = this.#newFlow()
  }

  get tokens(): Tokens {
    return this.facts.tokens
  }

  walk(node: Node | null | undefined): void {
    if (node === null || node === undefined) this.tokens.mark('-;')
    else walkNode(node, this)
  }

  list(nodes: readonly (Node | null)[]): void {
    this.tokens.mark('[;')
    for (const node of nodes) this.walk(node)
    this.tokens.mark('];')
  }

  /** Walks code as a piece of its own, which may capture names of the scopes around it. */
  piece(walk: () => void): CodeFacts {
    const { facts: outerFacts, guards } = this
    const [captureBase, thisBase] = [this.#captureBase, this.#thisBase]
    const { flow, thisPlace, superPlace, staticThis, member, members } = this
    const { fn } = this.locals
    const facts = new FactsBuilder()
    this.facts = facts
    this.#captureBase = this.locals.depth
    this.#thisBase = this.thisDepth
    this.flow = this.#newFlow()
    this.locals.fn = undefined
    Object.assign(this, { thisPlace: NO_VALUE, superPlace: NO_VALUE, staticThis: NO_VALUE })
    Object.assign(this, { member: undefined, members: [] })
    walk()
    noteFlow(this.flow, this)
    noteMembers(this.members, facts)
    this.facts = outerFacts
    this.#captureBase = captureBase
    this.#thisBase = thisBase
    Object.assign(this, { guards, flow, thisPlace, superPlace, staticThis, member, members })
    this.locals.fn = fn
    for (const name of facts.captured) {
      if (name === 'this') this.captureThis()
      else this.capture(name, this.locals.indexOf(name))
    }
    return facts.finish()
  }

  /** Notes that a name of a scope is used, which may be one around the piece. */
  capture(name: string, scope: number): void {
    if (scope >= 0 && scope < this.#captureBase) this.facts.add('captured', name)
  }

  /** Notes that `this`, `super` or `new.target` is used, which may be that of a function around the piece. */
  captureThis(): void {
    if (this.thisDepth > 0 && this.thisDepth === this.#thisBase) this.facts.add('captured', 'this')
  }

  /** Whether a scope is around the piece that is walked. */
  isAround(scope: number): boolean {
    return scope < this.#captureBase
  }

  /** Adds the token of a reference. */
  refer(reference: Reference, offset: number): void {
    const index = this.facts.refer(reference, () => this.module.lineAt(offset))
    this.tokens.mark('R;')
    this.tokens.number(index)
  }

  /** What an expression may be. */
  flowOf(node: Node | null | undefined): Place {
    return flowOf(node, this)
  }

  /** The function that is walked. */
  get currentFunction(): FlowFunction | undefined {
    return this.locals.fn
  }

  /** The function of the piece that declares a name. */
  declaredIn(name: string): FlowFunction | undefined {
    const index = this.locals.indexOf(name)
    return index === -1 || this.isAround(index) ? undefined : this.locals.functionAt(index)
  }

  /** What a name of a scope holds; nothing if no scope declares it. */
  localPlace(name: string): Place | undefined {
    const index = this.locals.indexOf(name)
    if (index === -1) return undefined
    return this.isAround(index) ? this.flow.captured(name) : this.locals.placeAt(index, name)
  }

  /** Notes that something is changed. */
  noteChange(place: Place, change: Pick<FlowChange, 'offset'> & Partial<FlowChange>): void {
    if (place !== NO_VALUE) this.flow.changes.push({ ...this.changeAt(change), place })
  }

  /** A change by the code that is walked. */
  changeAt(change: Pick<FlowChange, 'offset'> & Partial<FlowChange>): FlowChange {
    return {
      fn: this.currentFunction,
      isMemo: false,
      isRegistering: false,
      isAtLoad: this.functionDepth === 0,
      isInMethod: this.thisOwner.kind === 'method',
      isInMaker: this.thisOwner.kind === 'constructor',
      member: this.member,
      ...change,
    }
  }

  refuse(what: string, offset: number): void {
    this.facts.refuse(what, this.module.lineAt(offset))
  }

  #newFlow(): Flow {
    return new Flow((name) => this.module.declares(name))
  }
}
