import type { Node } from 'oxc-parser'

import { FactsBuilder } from './facts-builder.ts'
import { LocalNames } from './local-names.ts'
import type { ModuleContext } from './module-context.ts'
import type { CodeFacts, Reference } from './module-summary.ts'
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
  /** Names that the unit itself declares. */
  ownNames: ReadonlySet<string> = NOTHING
  /** The function whose second argument may be the context of a step. */
  contextFunction: Node | undefined
  /** Exports that the next dynamic import is destructured into. */
  importedNames: readonly string[] | undefined
  /** What of the module scope the parameters of the next function are parts of. */
  parameterAlias: Reference | undefined
  /** How many functions, fields and static blocks with a `this` of their own are around the node. */
  thisDepth = 0
  /** Scopes below this index are around the piece. */
  #captureBase = 0
  /** So many of `thisDepth` are around the piece. */
  #thisBase = 0

  constructor(module: ModuleContext) {
    this.module = module
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
    const outer = { facts: this.facts, base: this.#captureBase, thisBase: this.#thisBase, guards: this.guards }
    this.facts = new FactsBuilder()
    this.#captureBase = this.locals.depth
    this.#thisBase = this.thisDepth
    walk()
    const { facts } = this
    this.facts = outer.facts
    this.#captureBase = outer.base
    this.#thisBase = outer.thisBase
    this.guards = outer.guards
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

  refuse(what: string, offset: number): void {
    this.facts.refuse(what, this.module.lineAt(offset))
  }
}
