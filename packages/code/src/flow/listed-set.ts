/** Beyond this many, looking through a list costs more than an index. */
const MOST_WITHOUT_INDEX = 12

/** A set of few things, in the order in which they were added: most of those that are made stay empty or small. */
export class ListedSet<T> {
  readonly items: T[] = []
  #index: Set<T> | undefined

  get size(): number {
    return this.items.length
  }

  /** Adds something; says whether it is new. */
  add(item: T): boolean {
    if (this.has(item)) return false
    this.items.push(item)
    this.#index?.add(item)
    return true
  }

  has(item: T): boolean {
    if (this.#index === undefined && this.items.length > MOST_WITHOUT_INDEX) this.#index = new Set(this.items)
    return this.#index?.has(item) ?? this.items.includes(item)
  }
}
