import type { Reference } from '../flow/reference.ts'
import type { Call, ClassMember, CodeFacts, Finding, GivenTo, ParameterUse, Store } from './module-summary.ts'
import { Tokens } from './tokens.ts'

/** Flags of facts that are set by seeing one place. */
export interface FactFlags {
  changesAtLoad?: boolean
  changesArgument?: boolean
  changesParameter?: boolean
  changesThis?: boolean
  returnsArgument?: boolean
  hasHiddenState?: boolean
  hasLooseState?: boolean
  members?: readonly ClassMember[]
  isGenerator?: boolean
  isIterator?: boolean
  hasImplicit?: boolean
  hasComputedImport?: boolean
  mentionsRun?: number
  parameters?: readonly ParameterUse[]
}

type ListName = 'captured' | 'writes' | 'environment' | 'environmentWrites' | 'files'

/** Lists of references. */
export type ReferenceList =
  | 'memberWrites'
  | 'partWrites'
  | 'unguarded'
  | 'fills'
  | 'executes'
  | 'values'
  | 'holds'
  | 'returns'

/** Lists of facts while they are collected; most pieces of code have none of most of them. */
interface Lists {
  captured?: Set<string>
  writes?: Set<string>
  environment?: Set<string>
  environmentWrites?: Set<string>
  environmentGiven?: Map<string, GivenTo>
  files?: Set<string>
  memberWrites?: Map<string, Reference>
  partWrites?: Map<string, Reference>
  unguarded?: Map<string, Reference>
  fills?: Map<string, Reference>
  executes?: Map<string, Reference>
  values?: Map<string, Reference>
  holds?: Map<string, Reference>
  returns?: Map<string, Reference>
  stores?: Map<string, Store>
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

  /** Adds a reference to a list, once. */
  list(list: ReferenceList, reference: Reference): void {
    this.#lists[list] ??= new Map()
    this.#lists[list].set(referenceKey(reference), reference)
  }

  /** Notes that something is put into something else; without that, into something unknown. */
  store(into: Reference | undefined, value: Reference): void {
    this.#lists.stores ??= new Map()
    const key = `${into === undefined ? '' : referenceKey(into)}\n\n${referenceKey(value)}`
    this.#lists.stores.set(key, into === undefined ? { value } : { into, value })
  }

  call(call: Call): void {
    this.#lists.calls ??= new Map()
    this.#lists.calls.set(callKey(call), call)
  }

  refuse(what: string, line: number): void {
    this.#lists.refusals ??= new Map()
    if (!this.#lists.refusals.has(what)) this.#lists.refusals.set(what, { what, line })
  }

  readsOutside(what: string, line: number): void {
    this.#lists.outside ??= new Map()
    if (!this.#lists.outside.has(what)) this.#lists.outside.set(what, { what, line })
  }

  /** Notes that the environment is given to a function. */
  giveEnvironment(given: GivenTo): void {
    this.#lists.environmentGiven ??= new Map()
    const key = `${given.to}\n${given.member ?? ''}\n${given.index}`
    if (!this.#lists.environmentGiven.has(key)) this.#lists.environmentGiven.set(key, given)
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

/** Most calls are told apart by names and flags alone. */
function callKey(call: Call): string {
  const { root, path, inFunction, passes, callees } = call
  const isPlain = passes === undefined && callees === undefined && !path.some((name) => name.includes('\n'))
  if (!isPlain) return JSON.stringify(call)
  const flags = [inFunction, call.passesArgument, call.changesResult, call.isKnown].map((flag) =>
    flag === true ? 1 : 0,
  )
  return `${flags.join('')}${root}\n${path.join('\n')}`
}

/** A reference as one text, for maps. */
export function referenceKey(reference: Reference): string {
  return typeof reference === 'string' ? reference : reference.join('\n')
}
