import type { Call, CodeFacts, ContextUse, Finding, Reference } from './module-summary.ts'
import { Tokens } from './tokens.ts'

/** Flags of facts that are set by seeing one place. */
export interface FactFlags {
  changesAtLoad?: boolean
  changesArgument?: boolean
  changesParameter?: boolean
  hasHiddenState?: boolean
  hasComputedImport?: boolean
  mentionsRun?: number
  context?: ContextUse
}

type ListName = 'captured' | 'writes' | 'returns' | 'environment' | 'environmentWrites' | 'files'

/** Lists of facts while they are collected; most pieces of code have none of most of them. */
interface Lists {
  captured?: Set<string>
  writes?: Set<string>
  returns?: Set<string>
  environment?: Set<string>
  environmentWrites?: Set<string>
  files?: Set<string>
  memberWrites?: Map<string, Reference>
  unguarded?: Map<string, Reference>
  calls?: Map<string, Call>
  refusals?: Map<string, Finding>
  outside?: Map<string, Finding>
  definitions?: number[]
}

/** Collects what is known of one piece of code while it is walked. */
export class FactsBuilder {
  readonly tokens: Tokens = new Tokens()
  readonly flags: FactFlags = {}
  readonly #lists: Lists = {}
  readonly #references = new Map<string, number>()
  readonly #referenceList: Reference[] = []
  readonly #lines: number[] = []

  get captured(): Iterable<string> {
    return this.#lists.captured ?? []
  }

  /** The index of a reference, which is noted if it is new. */
  refer(reference: Reference, lineOf: () => number): number {
    const key = referenceKey(reference)
    const known = this.#references.get(key)
    if (known !== undefined) return known
    const index = this.#referenceList.push(reference) - 1
    this.#lines.push(lineOf())
    this.#references.set(key, index)
    return index
  }

  /** Adds a text to a list, once. */
  add(list: ListName, text: string): void {
    this.#lists[list] ??= new Set()
    this.#lists[list].add(text)
  }

  memberWrite(reference: Reference): void {
    this.#lists.memberWrites ??= new Map()
    this.#lists.memberWrites.set(referenceKey(reference), reference)
  }

  unguarded(reference: Reference): void {
    this.#lists.unguarded ??= new Map()
    this.#lists.unguarded.set(referenceKey(reference), reference)
  }

  call(call: Call): void {
    const { root, path, inFunction, passes, passesArgument = false } = call
    const given = passes === undefined ? '' : passes.join()
    const key = `${inFunction ? 1 : 0}${passesArgument ? 1 : 0}${root}.${path.join('.')}(${given}`
    this.#lists.calls ??= new Map()
    if (!this.#lists.calls.has(key)) this.#lists.calls.set(key, call)
  }

  refuse(what: string, line: number): void {
    this.#lists.refusals ??= new Map()
    if (!this.#lists.refusals.has(what)) this.#lists.refusals.set(what, { what, line })
  }

  readsOutside(what: string, line: number): void {
    this.#lists.outside ??= new Map()
    if (!this.#lists.outside.has(what)) this.#lists.outside.set(what, { what, line })
  }

  definition(index: number): void {
    this.#lists.definitions ??= []
    this.#lists.definitions.push(index)
  }

  finish(): CodeFacts {
    const lists: Record<string, readonly unknown[]> = {}
    for (const [name, list] of Object.entries(this.#lists))
      lists[name] = list instanceof Map ? [...list.values()] : [...list]
    return {
      hash: this.tokens.digest(),
      references: this.#referenceList,
      referenceLines: this.#lines,
      ...lists,
      ...this.flags,
    }
  }
}

/** A reference as one text, for maps. */
export function referenceKey(reference: Reference): string {
  return typeof reference === 'string' ? reference : reference.join('\n')
}
