import type { ArtifactRef } from './artifact-ref.ts'

/** Items that are loaded one by one, each time that they are iterated. */
export class LazyItems implements AsyncIterable<unknown> {
  readonly #items: readonly ArtifactRef[]
  readonly #load: (item: ArtifactRef, index: number) => Promise<unknown>

  constructor(items: readonly ArtifactRef[], load: (item: ArtifactRef, index: number) => Promise<unknown>) {
    this.#items = items
    this.#load = load
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    for (const [index, item] of this.#items.entries()) yield await this.#load(item, index)
  }
}

/** What a step returned for a list, item by item, or `undefined` for what is no list of this kind. */
export function givenItems(value: unknown, isLazy: boolean): Iterable<unknown> | AsyncIterable<unknown> | undefined {
  if (Array.isArray(value)) return value
  if (!isLazy || typeof value !== 'object' || value === null) return undefined
  // Sound: an object with such a method is iterable as far as anybody can tell; a wrong one throws when it is used.
  if (Symbol.asyncIterator in value) return value as AsyncIterable<unknown>
  return Symbol.iterator in value ? (value as Iterable<unknown>) : undefined
}
