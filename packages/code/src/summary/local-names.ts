import type { Node } from 'oxc-parser'

import type { FlowFunction } from '../flow/flow-function.ts'
import { Place } from '../flow/place.ts'
import type { NameUse } from './name-use.ts'

/** What is known of the value of a local name. */
export interface LocalName {
  /** `param`: given to a function; `fresh`: made here. */
  readonly origin: 'param' | 'fresh' | 'local'
  /** What it is initialised with and was assigned. */
  readonly given?: readonly Node[] | undefined
  /** What it was looked up in: `const hit = memo.get(key)`. */
  readonly lookedUpIn?: string | undefined
  /** Where it is noted how it is used. */
  readonly use?: NameUse | undefined
  /** Whether it is another name of `process.env`. */
  readonly isEnvironment?: boolean | undefined
}

/** A name that was found. */
export interface FoundName {
  readonly index: number
  readonly local: LocalName
}

interface Scope {
  readonly names: Map<string, LocalName> | undefined
  /** How many functions are around it. */
  readonly functionDepth: number
  /** The function that it is in. */
  readonly fn: FlowFunction | undefined
  /** Places of the names that were asked for. */
  readonly places: Map<string, Place>
}

const PLAIN: LocalName = { origin: 'local' }

/** The scopes around the node that is walked, below the module scope. */
export class LocalNames {
  /** The function that is walked. */
  fn: FlowFunction | undefined
  readonly #scopes: Scope[] = []

  get depth(): number {
    return this.#scopes.length
  }

  push(names: readonly string[], functionDepth: number, local: LocalName = PLAIN): void {
    let map: Map<string, LocalName> | undefined
    if (names.length > 0) {
      map = new Map()
      for (const name of names) map.set(name, local)
    }
    this.#scopes.push({ names: map, functionDepth, fn: this.fn, places: new Map() })
  }

  pop(): void {
    this.#scopes.pop()
  }

  /** The index of the innermost scope that declares a name, or -1. */
  indexOf(name: string): number {
    for (let index = this.#scopes.length - 1; index >= 0; index -= 1) {
      if (this.#scopes[index]?.names?.has(name) === true) return index
    }
    return -1
  }

  find(name: string): FoundName | undefined {
    const index = this.indexOf(name)
    const local = this.#scopes[index]?.names?.get(name)
    return local === undefined ? undefined : { index, local }
  }

  has(name: string): boolean {
    return this.indexOf(name) >= 0
  }

  /** Changes what is known of a declared name; what it is tracked for stays. */
  describe(name: string, local: LocalName): void {
    const names = this.#scopes[this.indexOf(name)]?.names
    const { use, isEnvironment } = names?.get(name) ?? PLAIN
    const isTracked = use !== undefined || isEnvironment !== undefined
    names?.set(name, isTracked ? { ...local, use, isEnvironment } : local)
  }

  /** Notes from here on how a declared name is used. */
  track(name: string, use: NameUse): void {
    this.#change(name, { use })
  }

  /** Makes a declared name another name of `process.env`. */
  mark(name: string): void {
    this.#change(name, { isEnvironment: true })
  }

  #change(name: string, change: Pick<LocalName, 'use' | 'isEnvironment'>): void {
    const names = this.#scopes[this.indexOf(name)]?.names
    const known = names?.get(name)
    if (known !== undefined) names?.set(name, { ...known, ...change })
  }

  /** What the name of a scope holds. */
  placeAt(index: number, name: string): Place {
    const places = this.#scopes[index]?.places
    let place = places?.get(name)
    if (place === undefined) {
      place = new Place()
      places?.set(name, place)
    }
    return place
  }

  functionDepthOf(index: number): number {
    return this.#scopes[index]?.functionDepth ?? 0
  }

  /** The function that a scope is in. */
  functionAt(index: number): FlowFunction | undefined {
    return this.#scopes[index]?.fn
  }

  /** Whether any function around has parameters. */
  hasParameters(): boolean {
    return this.#scopes.some(({ names }) => Array.from(names?.values() ?? []).some(({ origin }) => origin === 'param'))
  }
}
